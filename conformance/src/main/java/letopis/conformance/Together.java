package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** Does the same in several threads at once, and fails if one of them fails. */
final class Together {
    /** What each thread does. */
    @FunctionalInterface
    interface Part {
        /** @param thread the number of the thread, from 0 on */
        void run(int thread) throws Exception;
    }

    private Together() {}

    /** Starts all parts at one moment and waits for all of them; at the first failure the others are interrupted. */
    static void run(int threads, Part part) throws InterruptedException {
        var start = new CountDownLatch(1);
        var failure = new AtomicReference<@Nullable Throwable>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(Thread.ofPlatform().daemon().name("letopis-part-" + i).start(() -> {
                try {
                    start.await();
                    part.run(number);
                } catch (Throwable thrown) {
                    if (failure.compareAndSet(null, thrown)) {
                        all.stream().filter(it -> it != Thread.currentThread()).forEach(Thread::interrupt);
                    }
                }
            }));
        }
        start.countDown();
        try {
            for (Thread thread : all) {
                thread.join();
            }
        } finally {
            all.forEach(Thread::interrupt);
        }
        if (failure.get() != null) {
            throw new AssertionError("in one of " + threads + " threads: " + failure.get(), failure.get());
        }
    }

    /** Does different things at once. */
    static void run(Part... parts) throws InterruptedException {
        run(parts.length, thread -> parts[thread].run(thread));
    }
}
