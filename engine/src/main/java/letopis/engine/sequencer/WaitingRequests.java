package letopis.engine.sequencer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import letopis.store.StoreBusyException;
import letopis.store.StoreClosedException;

/**
 * The requests that were not answered yet: a queue with room for so many, and so many bytes. A request takes room until its
 * answer was given, so that the futures whose completion is slow are limited, too.
 */
final class WaitingRequests {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition requests = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Request> queue = new ArrayDeque<>();
    private final String store;
    private final int maxRequests;
    private final long maxBytes;
    private final long maxWaitNanos;
    private int unanswered;
    private long unansweredBytes;
    private boolean idle;
    private boolean closed;

    /**
     * @param store       which store, in words, for messages
     * @param maxRequests how many unanswered requests there may be
     * @param maxBytes    how many bytes they may have together; a single one may have more
     * @param maxWait     how long to wait for room
     */
    WaitingRequests(String store, int maxRequests, long maxBytes, Optional<Duration> maxWait) {
        this.store = store;
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
        this.maxWaitNanos = maxWait.filter(it -> it.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0)
                .map(Duration::toNanos)
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Puts a request at the end of the queue; waits for room.
     *
     * @param mayWait false for a thread that must not, because others wait for it to make room
     * @throws StoreBusyException   if there was no room in time; an interrupt ends the time, and is kept
     * @throws StoreClosedException if the store is closed
     */
    void put(Request request, boolean mayWait) {
        lock.lock();
        try {
            long left = mayWait ? maxWaitNanos : 0;
            while (!closed && !hasRoomFor(request)) {
                if (left <= 0) {
                    throw new StoreBusyException(unanswered);
                }
                left = await(room, left);
            }
            if (closed) {
                throw new StoreClosedException(store);
            }
            unanswered++;
            unansweredBytes += request.bytes();
            queue.add(request);
            if (idle) {
                idle = false;
                requests.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes room for a request that does not wait in the queue, if all others are answered: its asker processes it itself.
     *
     * @return false if there are others, or no more are taken
     */
    boolean passes(Request request) {
        lock.lock();
        try {
            if (closed || unanswered > 0) {
                return false;
            }
            unanswered++;
            unansweredBytes += request.bytes();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(Request request) {
        return unanswered == 0 || (unanswered < maxRequests && unansweredBytes + request.bytes() <= maxBytes);
    }

    @SuppressWarnings("WaitNotInLoop") // its callers are
    private static long await(Condition condition, long nanos) {
        try {
            return condition.awaitNanos(nanos);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Takes the oldest requests, of about so many bytes together; waits for the first. Empty when closed and all is taken. */
    List<Request> take(long bytes) {
        return take(bytes, Long.MAX_VALUE);
    }

    /** The same; empty also when so many nanoseconds are over. */
    List<Request> take(long bytes, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (queue.isEmpty() && !closed && left > 0) {
                idle = true;
                if (nanos == Long.MAX_VALUE) {
                    requests.awaitUninterruptibly();
                } else {
                    left = await(requests, left);
                }
            }
            return poll(bytes);
        } finally {
            lock.unlock();
        }
    }

    /** The same, without waiting. None is taken out before there is memory for all. */
    List<Request> poll(long bytes) {
        lock.lock();
        try {
            int count = 0;
            long sum = 0;
            for (Request next : queue) {
                sum += next.bytes();
                if (count > 0 && sum > bytes) {
                    break;
                }
                count++;
            }
            Request[] taken = new Request[count];
            List<Request> list = Arrays.asList(taken);
            for (int i = 0; i < count; i++) {
                taken[i] = queue.remove();
            }
            return list;
        } finally {
            lock.unlock();
        }
    }

    /** So many requests with so many bytes were answered. */
    void answered(int count, long bytes) {
        if (count == 0) {
            return;
        }
        lock.lock();
        try {
            unanswered -= count;
            unansweredBytes -= bytes;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many are not answered yet. */
    int unanswered() {
        lock.lock();
        try {
            return unanswered;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; those in the queue can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            requests.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
