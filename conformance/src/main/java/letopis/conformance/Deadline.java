package letopis.conformance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** Does something in a thread of its own, so that a store that hangs fails its test and not the whole suite. */
final class Deadline {
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    /** What is to be done. */
    @FunctionalInterface
    interface Task {
        void run() throws Throwable;
    }

    private Deadline() {}

    /**
     * Does it, and waits for the end.
     *
     * @throws AssertionError if it has not ended by then, with the place where it hangs as its stack trace; its thread was
     *                        interrupted
     */
    static void hold(Duration limit, String what, Task task) throws Throwable {
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread thread = Thread.ofPlatform().daemon().name("letopis-conformance").start(() -> {
            try {
                task.run();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        try {
            if (!thread.join(limit)) {
                var hangs = new AssertionError(what + " has not ended within " + limit + "; it hangs here");
                hangs.setStackTrace(thread.getStackTrace());
                throw hangs;
            }
        } finally {
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(AFTER_INTERRUPT);
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
