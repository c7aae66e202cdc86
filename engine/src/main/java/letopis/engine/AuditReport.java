package letopis.engine;

import java.util.List;
import java.util.Optional;

import letopis.proof.SealedRoot;

/**
 * What {@link EmbeddedEventStore#audit} found.
 *
 * @param events     how many events there are, erased ones included
 * @param erased     how many of them are erased: their digests are what was sealed, their content is gone
 * @param seals      how many seals of the given keys are in the log
 * @param sealedRoot the newest of them that matches the events; the events behind it are not sealed
 * @param tampered   what is not as it was sealed; empty if all is
 */
public record AuditReport(long events, long erased, long seals, Optional<SealedRoot> sealedRoot,
        List<Tampered> tampered) {
    public AuditReport {
        tampered = List.copyOf(tampered);
    }

    /**
     * Events that are not those that were sealed.
     *
     * @param firstPosition the first position that differs is not before this one
     * @param lastPosition  and not behind this one
     * @param what          what is wrong, in words
     */
    public record Tampered(long firstPosition, long lastPosition, String what) {
        @Override
        public String toString() {
            return (firstPosition == lastPosition
                    ? "position " + firstPosition
                    : "positions " + firstPosition + " to " + lastPosition) + ": " + what;
        }
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return tampered.isEmpty();
    }
}
