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
 * come next, and where that is not fast enough, both do. Who takes a batch first reads it. Nobody waits for anybody: a batch
 * that the other thread has begun and not ended when there is nothing else to read is read again by the caller, so that
 * without a processor to spare the caller does it all.
 *
 * <p>At most {@value #BATCHES} batches are there at a time, of at most {@value Batch#MAX_BYTES} bytes of records each and one
 * record more; and about as many positions as were handed out before, so that who stops early has paid for little more.
 */
final class ReadAhead {
    static final int BATCHES = 4;
    /** So many events are read one by one, as they are asked for, before more than the positions is taken ahead. */
    private static final int ALONE = 16;

    private final Events events;
    private final Wanted wanted;
    private final boolean backwards;
    private final PositionCursor cursor;
    private final long limit;
    /** Batches that were not handed out, in order; the other thread looks for those that nobody took. */
    private final ConcurrentLinkedQueue<Batch> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private int queued;
    private long queuedPositions;
    private long handedOut;
    private long sought;
    private long key = Long.MIN_VALUE;
    private Batch current = new Batch(new long[0], false);
    private int at;
    private volatile boolean closed;

    /** @param limit how many events are wanted at most */
    ReadAhead(Wanted wanted, boolean backwards, PositionCursor cursor, long limit) {
        this.events = wanted.events();
        this.wanted = wanted;
        this.backwards = backwards;
        this.cursor = cursor;
        this.limit = limit;
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
        boolean taken = next.take();
        current = next;
        at = 0;
        if (next.size() == 0) {
            return false;
        }
        if (handedOut < ALONE) {
            next.leave(reader);
            return true;
        }
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
                current = next.again(); // the other thread has no processor just now
                current.read(reader, wanted);
                return true;
            }
            other.read(reader, wanted);
        }
        return true;
    }

    private void queueMore() {
        try {
            while (queued < BATCHES - 1 && queuedPositions < handedOut && sought < limit && key != PositionCursor.END) {
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
        int first = wanted.query().isOneTerm() ? ALONE : 1;
        long most = Math.clamp(limit - sought, 1, Batch.MAX_EVENTS);
        long[] positions = new long[(int) Math.min(most, Math.max(handedOut, first))];
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
        sought += size;
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
