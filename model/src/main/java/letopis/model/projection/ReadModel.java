package letopis.model.projection;

import java.util.List;

import letopis.model.Recorded;

/**
 * What a projection builds, and where it keeps it: the events' effect and the checkpoint in one place, so that they cannot
 * come apart. A model in a database writes both in one transaction.
 *
 * <p>Called by one thread at a time, except for {@link #view}. What it appends on account of an event it appends within
 * {@link Recorded#asCause()}.
 *
 * @param <E> the events
 * @param <R> what readers see of it
 */
public interface ReadModel<E, R> {
    /** The most events in one {@link #apply}, unless a model wants fewer: {@value}. */
    int MAX_BATCH_EVENTS = 500;

    /** How far the model has durably come: 0 at first. */
    long checkpoint();

    /**
     * Takes events in, and the checkpoint with them: both, or neither if it throws. Their effect can be seen at once; it is
     * durable at the latest when {@link #save} returns.
     *
     * @param events   in order, without gaps since the last call; may be empty, then only the checkpoint moves
     * @param position the checkpoint after them
     */
    void apply(List<Recorded<E>> events, long position);

    /** Makes durable what was applied. Called now and then, and before the projection is closed. */
    void save();

    /** What readers see. For any thread. */
    R view();

    /** The most events it takes at once; 1 or more. */
    default int maxBatchEvents() {
        return MAX_BATCH_EVENTS;
    }
}
