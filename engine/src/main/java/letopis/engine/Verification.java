package letopis.engine;

import java.util.List;
import java.util.Optional;

/**
 * What {@link EmbeddedEventStore#verify} found.
 *
 * @param blocks   how many blocks are whole
 * @param events   how many events in them were read and checked
 * @param streams  how many streams these are in; 0 where there are faults
 * @param bytes    how many bytes were read
 * @param tornTail an unfinished block at the end, which is no fault: the next opening cuts it off, or it is being written now
 * @param faults   what is wrong; empty for a sound store
 */
public record Verification(long blocks, long events, long streams, long bytes, Optional<TornTail> tornTail,
        List<Fault> faults) {
    public Verification {
        faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return faults.isEmpty();
    }
}
