package letopis.sql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.StoreBusyException;
import letopis.store.StoreClosedException;

/** The appends that were not answered yet: a queue with room for so many, and so many bytes. */
final class WaitingAppends {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final String store;
    private final int maxAppends;
    private final long maxBytes;
    private int unanswered;
    private long unansweredBytes;
    private boolean closed;

    /**
     * An append, and who is to be answered.
     *
     * @param answer     something that can be asked for the answer, and throws the refusal
     * @param future     what the answer is put into; nothing for a thread that waits for it
     * @param triedSince when it was tried before, if the connection was lost meanwhile: it may have been written
     */
    record Waiting(Append append, long bytes, CompletableFuture<Supplier<Appended>> answer,
            Optional<CompletableFuture<Appended>> future, OptionalLong triedSince) {
        static Waiting of(Append append, Optional<CompletableFuture<Appended>> future, OptionalLong triedSince) {
            long bytes = 0;
            for (Append.Entry entry : append.entries()) {
                bytes += entry.event().data().length() + entry.event().metadata().length();
            }
            return new Waiting(append, bytes, new CompletableFuture<>(), future, triedSince);
        }
    }

    WaitingAppends(String store, SqlOptions options) {
        this.store = store;
        this.maxAppends = options.maxWaiting();
        this.maxBytes = options.maxWaitingBytes();
    }

    /**
     * Puts an append at the end; waits for room.
     *
     * @param mayWait false for a thread that others wait for to make room
     * @throws StoreBusyException   if there is no room for a thread that must not wait, or it was interrupted
     * @throws StoreClosedException if the store is closed
     */
    void put(Waiting waiting, boolean mayWait) {
        lock.lock();
        try {
            while (!closed && unanswered > 0
                    && (unanswered >= maxAppends || unansweredBytes + waiting.bytes() > maxBytes)) {
                if (!mayWait || Thread.currentThread().isInterrupted()) {
                    throw new StoreBusyException(unanswered);
                }
                try {
                    room.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            if (closed) {
                throw new StoreClosedException(store);
            }
            unanswered++;
            unansweredBytes += waiting.bytes();
            queue.add(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the oldest appends; waits for the first, at most so long.
     *
     * @return none if none came in time
     */
    List<Waiting> take(int events, long bytes, Duration wait) throws InterruptedException {
        List<Waiting> taken = new ArrayList<>();
        lock.lock();
        try {
            long nanos = wait.toNanos();
            while (queue.isEmpty() && !closed && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
            }
            int sumEvents = 0;
            long sumBytes = 0;
            for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
                sumEvents += next.append().entries().size();
                sumBytes += next.bytes();
                if (!taken.isEmpty() && (sumEvents > events || sumBytes > bytes)) {
                    break;
                }
                taken.add(queue.remove());
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    void answered(Waiting waiting) {
        lock.lock();
        try {
            unanswered--;
            unansweredBytes -= waiting.bytes();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int unanswered() {
        lock.lock();
        try {
            return unanswered;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no more will come, and all were taken. */
    boolean isDone() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
