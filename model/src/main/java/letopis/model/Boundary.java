package letopis.model;

import letopis.store.Condition;
import letopis.store.Point;
import letopis.store.Query;

/**
 * The events that matter for a decision, drawn by a query, and the state they come to. Made by {@link Decisions#within}.
 * Immutable and safe for any number of threads.
 */
public final class Boundary<S, E> {
    private final Query query;
    private final Handling<S, E> handling;

    Boundary(Query query, Handling<S, E> handling) {
        this.query = query;
        this.handling = handling;
    }

    /**
     * Handles a command: folds what matches, decides on it, and appends what was decided to this stream if nothing that
     * matches came in between; else does all of that again. Where nothing needs to happen, nothing is appended.
     *
     * <p>The state that is handed back has seen those of the new events that are within the boundary themselves.
     *
     * @param stream where the events are filed; not necessarily within the boundary
     * @throws TooManyConflictsException             if others were faster each time; nothing was written
     * @throws letopis.store.OutcomeUnknownException if the caller was interrupted, or the store answered so twice in a
     *                                               row: the events may be written or not
     */
    public Handled<S, E> handle(String stream, Decision<S, E> decision) {
        return handling.handle(stream, decision, this::load,
                folded -> new Condition.NoEventsMatch(query, folded.position()), event -> query.matches(stream, event));
    }

    /** What matches comes to this, now. */
    public Folded<S> load() {
        return handling.fold().over(handling.store(), query);
    }

    /** What matches came to this at that position or time, the event there included. */
    public Folded<S> load(Point asOf) {
        return handling.fold().over(handling.store(), query, asOf);
    }

    /** What is within. */
    public Query query() {
        return query;
    }
}
