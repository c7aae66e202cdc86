package letopis.engine.read;

import java.util.concurrent.CompletableFuture;
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
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private int read;

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

    /** Reads the events that are wanted. For the one who took it. Whatever goes wrong is left to the one who wants the event. */
    void read(EventReader reader, Wanted wanted) {
        try {
            int last = positions.length - 1;
            reader.expect(Math.min(positions[0], positions[last]), Math.max(positions[0], positions[last]),
                    positions.length);
            long bytes = 0;
            while (read < positions.length && bytes < MAX_BYTES) {
                int number = backwards ? last - read : read;
                events[number] = wanted.of(reader.read(positions[number]));
                bytes += reader.recordBytes();
                read++;
            }
        } catch (RuntimeException | Error _) {
            // it is met again where it belongs
        } finally {
            done.complete(null);
        }
    }

    boolean isDone() {
        return done.isDone();
    }

    /** Waits until it is done. An interrupt does not end the wait, which is short. */
    void await() {
        done.join();
    }

    /** Whether an event was read; of one that is done. */
    boolean isRead(int number) {
        return (backwards ? positions.length - 1 - number : number) < read;
    }

    /** An event that was read; null if it is not wanted or was erased. */
    @Nullable
    RecordedEvent event(int number) {
        RecordedEvent event = events[number];
        events[number] = null; // a reading keeps no events that it has handed out
        return event;
    }
}
