package letopis.model;

/**
 * A state, and how far it has seen.
 *
 * @param state        what the events came to
 * @param position     it has seen every event that matched up to this position; 0 where there was none
 * @param lastRevision the revision of the last event that was folded, in that event's stream; {@link #NO_REVISION} where
 *                     there was none
 */
public record Folded<S>(S state, long position, long lastRevision) {
    /** The revision before the first. */
    public static final long NO_REVISION = -1;

    Folded<S> upTo(long head) {
        return new Folded<>(state, head, lastRevision);
    }
}
