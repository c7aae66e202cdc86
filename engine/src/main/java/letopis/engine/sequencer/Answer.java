package letopis.engine.sequencer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import letopis.store.OutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, for a thread that waits for it or for a future. The writer's thread gives an outcome that can be
 * asked for the answer: an exception that must be put together, with an event read from disk perhaps, is made by who asks.
 *
 * @param <T> what is answered
 */
final class Answer<T> {
    private final @Nullable Thread waiting;
    private final @Nullable CompletableFuture<T> future;
    private volatile @Nullable Supplier<T> outcome;

    private Answer(@Nullable Thread waiting, @Nullable CompletableFuture<T> future) {
        this.waiting = waiting;
        this.future = future;
    }

    /** An answer that this thread will wait for. */
    static <T> Answer<T> forThisThread() {
        return new Answer<>(Thread.currentThread(), null);
    }

    static <T> Answer<T> forFuture(CompletableFuture<T> future) {
        return new Answer<>(null, future);
    }

    /** An answer that nobody waits for. */
    static <T> Answer<T> forNobody() {
        return new Answer<>(null, null);
    }

    /** Whether a thread waits for it, and asks for nothing else meanwhile. */
    boolean isForThread() {
        return waiting != null;
    }

    boolean isForFuture() {
        return future != null;
    }

    /** Says what came out; lets the thread go that waits for it. A future is completed by {@link #complete} only. */
    void give(Supplier<T> what) {
        outcome = what;
        LockSupport.unpark(waiting);
    }

    /** Waits; an interrupt ends the wait, not the request. */
    T await() {
        Supplier<T> what = outcome;
        while (what == null) {
            if (Thread.currentThread().isInterrupted()) {
                throw new OutcomeUnknownException("the wait for the answer was interrupted",
                        new InterruptedException());
            }
            LockSupport.park(this);
            what = outcome;
        }
        return what.get();
    }

    /** Whether the future is completed, by us or by whoever has it. */
    boolean isCompleted() {
        return future != null && future.isDone();
    }

    /** Completes the future, and runs what depends on it. */
    void complete() {
        Supplier<T> what = outcome;
        if (future == null || what == null) {
            throw new AssertionError("an answer without " + (future == null ? "a future" : "an outcome"));
        }
        T value;
        try {
            value = what.get();
        } catch (Throwable e) { // whatever went wrong is the future's, and not of the thread that completes it
            future.completeExceptionally(e);
            return;
        }
        future.complete(value);
    }
}
