package letopis.engine.read;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import letopis.engine.index.PositionCursor;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a long reading in batches, and ahead: while the caller has one batch, another thread reads those that
 * come next, and where that is not fast enough, both do. Who takes a batch first reads it, so that nothing is waited for that
 * was not begun, and without a processor to spare the caller does it all.
 *
 * <p>At most {@value #BATCHES} batches are there at a time, with no more positions than were handed out before: who stops early
 * has paid for little more than was handed out.
 */
final class ReadAhead {
    static final int BATCHES = 4;
    private static final int FIRST_BATCH = 32;

    private final Events events;
    private final Wanted wanted;
    private final boolean backwards;
    private final PositionCursor cursor;
    /** Batches that were not handed out, in order; the other thread looks for those that nobody took. */
    private final ConcurrentLinkedQueue<Batch> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private int queued;
    private long queuedPositions;
    private long handedOut;
    private long key;
    private Batch current = new Batch(new long[0], false);
    private int at;
    private volatile boolean closed;

    /**
     * @param key       where the cursor was last
     * @param handedOut how many events were read before
     */
    ReadAhead(Wanted wanted, boolean backwards, PositionCursor cursor, long key, long handedOut) {
        this.events = wanted.events();
        this.wanted = wanted;
        this.backwards = backwards;
        this.cursor = cursor;
        this.key = key;
        this.handedOut = handedOut;
    }

    /** The next event that is wanted; null if there is none. */
    @Nullable
    RecordedEvent next(EventReader reader) {
        while (true) {
            while (at < current.size()) {
                RecordedEvent event = current.isRead(at)
                        ? current.event(at)
                        : wanted.of(reader.read(current.position(at)));
                at++;
                if (event != null) {
                    return event;
                }
            }
            if (!turn(reader)) {
                return null;
            }
        }
    }

    /** Goes on to the next batch, and sees that it is read; false if there is none. */
    private boolean turn(EventReader reader) {
        handedOut += current.size();
        Batch next = queue.poll();
        if (next != null) {
            queued--;
            queuedPositions -= next.size();
        } else {
            next = fill();
        }
        current = next;
        at = 0;
        if (next.size() == 0) {
            return false;
        }
        boolean taken = next.take();
        queueMore();
        if (queued > 0) {
            start();
        }
        if (taken) {
            next.read(reader, wanted);
        }
        while (!next.isDone()) {
            Batch other = untaken();
            if (other == null) {
                next.await();
            } else {
                other.read(reader, wanted);
            }
        }
        return true;
    }

    private void queueMore() {
        try {
            while (queued < BATCHES - 1 && queuedPositions < handedOut && key != PositionCursor.END) {
                Batch later = fill();
                if (later.size() > 0) {
                    queue.add(later);
                    queued++;
                    queuedPositions += later.size();
                }
            }
        } catch (RuntimeException _) {
            // what is wrong with the index is met again when it is needed
        }
    }

    /** The positions that come next; none at the end. */
    private Batch fill() {
        long[] positions = new long[Math.clamp(handedOut, FIRST_BATCH, Batch.MAX_EVENTS)];
        int size = 0;
        try {
            while (size < positions.length && key != PositionCursor.END) {
                key = cursor.seek(key + 1);
                if (key != PositionCursor.END) {
                    positions[size++] = PositionCursor.position(key);
                }
            }
        } catch (RuntimeException e) {
            if (size == 0) {
                throw e;
            }
        }
        return new Batch(Arrays.copyOf(positions, size), backwards);
    }

    /** A batch that nobody had taken, and the caller has now; null if there is none. */
    private @Nullable Batch untaken() {
        for (Batch batch : queue) {
            if (batch.take()) {
                return batch;
            }
        }
        return null;
    }

    /** Lets another thread read, if none does and there is one to spare. */
    private void start() {
        if (running.get() || !events.mayReadAhead()) {
            return;
        }
        running.set(true);
        boolean started = false;
        try {
            Thread.ofVirtual().name("letopis-read-ahead").start(this::run);
            started = true;
        } finally {
            if (!started) {
                end();
            }
        }
    }

    private void end() {
        running.set(false);
        events.endReadAhead();
    }

    private void run() {
        @Nullable
        EventReader reader = null;
        try {
            reader = events.takeReader();
            for (Batch batch = untaken(); batch != null && !closed; batch = untaken()) {
                batch.read(reader, wanted);
            }
        } catch (StoreException _) {
            // it was closed: whoever reads hears of it
        } finally {
            end();
            events.giveBack(reader);
        }
    }

    /** Nothing more is wanted. */
    void close() {
        closed = true;
        queue.clear();
    }
}
