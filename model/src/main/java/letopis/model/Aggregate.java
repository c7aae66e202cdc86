package letopis.model;

/**
 * An aggregate as it is, or as it was.
 *
 * @param id       its name within the category
 * @param stream   the stream of its events
 * @param state    what its events come to; the initial state where it has none
 * @param revision the revision of the last event in this state; {@link Folded#NO_REVISION} where there is none
 * @param position the state has seen every event of the stream up to this position
 */
public record Aggregate<S>(String id, String stream, S state, long revision, long position) {
    /** Whether it has any event. */
    public boolean exists() {
        return revision != Folded.NO_REVISION;
    }
}
