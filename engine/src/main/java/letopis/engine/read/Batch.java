package letopis.engine.read;

import java.util.concurrent.atomic.AtomicBoolean;

import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Positions whose events are read together, by whoever takes them first, in the order of the log whichever way they are handed
 * out. At most {@value #MAX_EVENTS}; what is read is at most {@value #MAX_BYTES} bytes of records and one record more. What was
 * not read, for that or because it could not be, is read by the one who wants it.
 */
final class Batch {
    static final int MAX_EVENTS = 256;
    static final int MAX_BYTES = 1 << 17;

    private final long[] positions;
    private final boolean backwards;
    private final @Nullable RecordedEvent[] events;
    private final AtomicBoolean taken = new AtomicBoolean();
    private int read;
    private volatile boolean done;

    /** @param positions in the order in which they are handed out */
    Batch(long[] positions, boolean backwards) {
        this.positions = positions;
        this.backwards = backwards;
        this.events = new RecordedEvent[positions.length];
    }

    int size() {
        return positions.length;
    }

    long position(int number) {
        return positions[number];
    }

    /** Whether the caller is the one who reads it now. */
    boolean take() {
        return !taken.get() && taken.compareAndSet(false, true);
    }

    /** Reads the events that are wanted. For the one who took it; what goes wrong is met by the one who wants the event. */
    void read(EventReader reader, Wanted wanted) {
        try {
            long bytes = 0;
            int told = 0;
            while (read < positions.length && bytes < MAX_BYTES) {
                told = read == told ? told + tell(reader, told) : told;
                int number = number(read);
                events[number] = wanted.of(reader.read(positions[number]));
                bytes += reader.recordBytes();
                read++;
            }
        } catch (RuntimeException | Error _) {
            // it is met again where it belongs
        } finally {
            done = true;
        }
    }

    /** Leaves all events to the one who wants them. For the one who took it. */
    void leave(EventReader reader) {
        try {
            tell(reader, 0);
        } finally {
            done = true;
        }
    }

    /** Tells a reader which events come next in one go, from one of them on; how many these are. */
    private int tell(EventReader reader, int from) {
        int to = positions.length;
        if (from > 0 || !reader.expect(ascending(0), ascending(to - 1), to)) {
            to = from + 1;
            while (to < positions.length && ascending(to) == ascending(to - 1) + 1) {
                to++;
            }
            reader.expect(ascending(from), ascending(to - 1), to - from);
        }
        return to - from;
    }

    /** The number of the event that is read after so many others. */
    private int number(int nth) {
        return backwards ? positions.length - 1 - nth : nth;
    }

    private long ascending(int nth) {
        return positions[number(nth)];
    }

    boolean isDone() {
        return done;
    }

    /** The same positions, taken and not read. */
    Batch again() {
        Batch again = new Batch(positions, backwards);
        again.taken.set(true);
        return again;
    }

    /** Whether an event was read; of one that is done. */
    boolean isRead(int number) {
        return number(number) < read;
    }

    /** An event that was read; null if it is not wanted or was erased. */
    @Nullable
    RecordedEvent event(int number) {
        RecordedEvent event = events[number];
        events[number] = null; // a reading keeps no events that it has handed out
        return event;
    }
}
