package letopis.engine.read;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import letopis.store.StoreClosedException;
import letopis.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * How far the store is published, and who waits for more. Writing the head makes all of the index below it visible to whoever
 * reads the head: both are volatile.
 *
 * <p>No lock is shared with those who wait: a waiter puts itself into a queue, looks at the head once more, and parks; the
 * publisher writes the head and then takes all waiters out of the queue.
 */
public final class Publication {
    private final String store;
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private volatile long head;
    private volatile boolean closed;
    private volatile @Nullable Supplier<StoreException> ended;

    /** Somebody who waits for a new head, one thread at a time. */
    public static final class Waiter {
        private final AtomicBoolean queued = new AtomicBoolean();
        private volatile @Nullable Thread thread;
    }

    /** @param store which store, in words, for messages */
    public Publication(String store) {
        this.store = store;
    }

    public long head() {
        return head;
    }

    /** Publishes all up to this position; {@link #wake} tells those who wait for it. */
    public void publish(long position) {
        head = position;
    }

    /** Whether somebody waits. */
    public boolean isAwaited() {
        return !waiters.isEmpty();
    }

    /** Lets all who wait look again. */
    public void wake() {
        for (Waiter waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            waiter.queued.set(false);
            LockSupport.unpark(waiter.thread);
        }
    }

    /** Nothing more can be published, and those who wait for more should hear why. */
    public void end(Supplier<StoreException> why) {
        ended = why;
        wake();
    }

    /** Ends all readings, subscriptions and waits. */
    public void close() {
        closed = true;
        wake();
    }

    public boolean isClosed() {
        return closed;
    }

    /** @throws StoreClosedException if the store is closed */
    public void checkOpen() {
        if (closed) {
            throw new StoreClosedException(store);
        }
    }

    /** Why nothing more will be published, if that is so. */
    public Optional<StoreException> ended() {
        Supplier<StoreException> why = ended;
        return why == null ? Optional.empty() : Optional.of(why.get());
    }

    /**
     * Waits until the head lies beyond this position, the store ends, or somebody wakes the waiter; may return earlier.
     *
     * @param nanos how long at most
     * @throws InterruptedException if the thread was interrupted
     */
    void await(Waiter waiter, long position, long nanos) throws InterruptedException {
        waiter.thread = Thread.currentThread();
        try {
            if (waiter.queued.compareAndSet(false, true)) {
                waiters.add(waiter);
            }
            if (head <= position && !closed && ended == null) {
                LockSupport.parkNanos(this, nanos);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } finally {
            waiter.thread = null;
        }
    }

    /** Ends the wait of one waiter. */
    void wake(Waiter waiter) {
        LockSupport.unpark(waiter.thread);
    }

    /** Forgets a waiter who will not wait again. */
    void remove(Waiter waiter) {
        if (waiter.queued.get()) {
            waiters.remove(waiter);
        }
    }
}
