package letopis.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import letopis.sql.dialect.StreamEnd;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The newest part of the log in this process: its head, the last events, and what is known of the streams that were written to
 * last. All of it is of one moment, that of the {@link #head()}: it moves on in whole transactions, by what this process
 * wrote, and by what it read of the others' writing.
 *
 * <p>Subscribers that have caught up are served from here, all from one reading. Appends are judged by it without asking the
 * database, which then only confirms that the head is still this one.
 *
 * <p>At most {@value #MAX_EVENTS} events with {@value #MAX_BYTES} bytes, and {@value #MAX_STREAMS} streams.
 */
final class Recent {
    static final int MAX_EVENTS = 8_192;
    static final long MAX_BYTES = 32 << 20;
    static final int MAX_STREAMS = 50_000;
    private static final int EVENT_BYTES = 400;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /** The event of a position stands at its remainder; positions have no holes. */
    private final @Nullable RecordedEvent[] ring = new RecordedEvent[MAX_EVENTS];
    private final LinkedHashMap<String, StreamFacts> streams = new LinkedHashMap<>(1_000, 0.75f, true);
    private long first = 1;
    private long bytes;
    private Rows.Head head = new Rows.Head(0, 0, -1);
    private volatile long position;
    private volatile long forgets = -1;

    /** The position of the newest event that is known here. */
    long position() {
        return position;
    }

    /** How often something was forgotten. */
    long forgets() {
        return forgets;
    }

    Rows.Head head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins anew at this head, without events or streams.
     */
    void begin(Rows.Head newHead) {
        lock.lock();
        try {
            streams.clear();
            while (first <= head.position()) {
                drop();
            }
            first = newHead.position() + 1;
            to(newHead);
        } finally {
            lock.unlock();
        }
    }

    /** What was known of streams is not known any more, if this number is another one. */
    void forgotten(long newForgets) {
        lock.lock();
        try {
            if (newForgets != head.forgets()) {
                streams.clear();
                to(new Rows.Head(head.position(), head.timeMicros(), newForgets));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds what was committed next; events that are here already are passed over. */
    void add(List<RecordedEvent> committed) {
        lock.lock();
        try {
            for (RecordedEvent event : committed) {
                if (event.position() <= head.position()) {
                    continue;
                }
                if (event.position() != head.position() + 1) {
                    throw new AssertionError("position " + event.position() + " came after " + head.position());
                }
                put(event);
            }
            to(head);
        } finally {
            lock.unlock();
        }
    }

    private void put(RecordedEvent event) {
        while (event.position() - first >= MAX_EVENTS || (bytes > MAX_BYTES && first < event.position())) {
            drop();
        }
        ring[(int) (event.position() % MAX_EVENTS)] = event;
        bytes += size(event);
        head = new Rows.Head(event.position(), Times.micros(event.time()), head.forgets());
        StreamFacts before = streams.get(event.stream());
        StreamEnd end = new StreamEnd(event.stream(), event.revision(), event.position(), event.time());
        if (before != null) {
            if (before.lastRevision() < event.revision()) {
                streams.put(event.stream(), before.after(end));
            }
        } else if (event.revision() == 0) {
            streams.put(event.stream(), new StreamFacts(event.stream(), Optional.of(end), Rule.NONE));
        }
        trim();
    }

    private void drop() {
        RecordedEvent oldest = ring[(int) (first % MAX_EVENTS)];
        if (oldest != null && oldest.position() == first) {
            bytes -= size(oldest);
            ring[(int) (first % MAX_EVENTS)] = null;
        }
        first++;
    }

    private static long size(RecordedEvent event) {
        return (long) EVENT_BYTES + event.data().length() + event.metadata().length();
    }

    private void trim() {
        while (streams.size() > MAX_STREAMS) {
            streams.remove(streams.keySet().iterator().next());
        }
    }

    private void to(Rows.Head newHead) {
        head = newHead;
        position = newHead.position();
        forgets = newHead.forgets();
        news.signalAll();
    }

    /** What is known of these streams; the others are missing. */
    Map<String, StreamFacts> known(Collection<String> names) {
        Map<String, StreamFacts> known = new HashMap<>();
        lock.lock();
        try {
            for (String name : names) {
                StreamFacts facts = streams.get(name);
                if (facts != null) {
                    known.put(name, facts);
                }
            }
        } finally {
            lock.unlock();
        }
        return known;
    }

    /**
     * Keeps what was read of streams, unless something was forgotten since this number, or it may be older than the head.
     *
     * @param asOf the head at the moment before it was read
     */
    void learn(Collection<StreamFacts> facts, Rows.Head asOf) {
        lock.lock();
        try {
            if (asOf.forgets() == head.forgets() && asOf.position() == head.position()) {
                facts.forEach(it -> streams.put(it.stream(), it));
                trim();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The events above a position up to the head, at most so many; nothing if they are not all here any more. */
    Optional<List<RecordedEvent>> above(long above, int limit) {
        lock.lock();
        try {
            if (above + 1 < first) {
                return Optional.empty();
            }
            List<RecordedEvent> found = new ArrayList<>();
            for (long next = above + 1; next <= head.position() && found.size() < limit; next++) {
                RecordedEvent event = ring[(int) (next % MAX_EVENTS)];
                if (event == null) {
                    throw new AssertionError("no event of position " + next + " between " + first + " and " + head);
                }
                found.add(event);
            }
            return Optional.of(found);
        } finally {
            lock.unlock();
        }
    }

    /** The lowest position that is here. */
    long first() {
        lock.lock();
        try {
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the head lies above a position, or something else happened that a subscriber must look at, or the time is over.
     *
     * @param ended whether there is nothing to wait for any more
     * @return the time that is left
     */
    @SuppressWarnings("WaitNotInLoop") // who asks looks again, and waits again
    long await(long above, long nanos, BooleanSupplier ended) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return head.position() > above || ended.getAsBoolean() ? nanos : news.awaitNanos(nanos);
        } finally {
            lock.unlock();
        }
    }

    /** Lets all who wait look. */
    void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
