package letopis.model;

import java.util.function.BiFunction;

import letopis.store.EventStore;
import letopis.store.Query;

/**
 * Decisions whose boundary is a query instead of a stream (a dynamic consistency boundary): what was decided is appended only
 * if no event that matches the query came in between.
 *
 * <pre>{@code
 * var courses = Decisions.over(store, EventTypes.of(CourseEvent.class).tagged(CourseEvent::tags));
 * courses.within(Query.tag("course:c1").or(Query.tag("student:s7")), Enrolment.of("c1", "s7"), Enrolment::evolve)
 *         .handle("enrolment-c1", Enrolment::enrol);
 * }</pre>
 *
 * <p>Immutable and safe for any number of threads.
 *
 * @param <E> the events
 */
public final class Decisions<E> {
    private final EventStore store;
    private final EventTypes<E> types;
    private final Retries retries;

    private Decisions(EventStore store, EventTypes<E> types, Retries retries) {
        this.store = store;
        this.types = types;
        this.retries = retries;
    }

    /** Decisions over the events of this family in this store; tagged, since tags are what queries across streams name. */
    public static <E> Decisions<E> over(EventStore store, EventTypes<E> types) {
        return new Decisions<>(store, types, Retries.DEFAULT);
    }

    /** With another patience when others are faster. */
    public Decisions<E> withRetries(Retries otherRetries) {
        return new Decisions<>(store, types, otherRetries);
    }

    /**
     * The boundary that this query draws, with the state that a decision needs.
     *
     * @param query   every event that matters for the decision, and none that does not: each that matches makes a decision
     *                that did not know it be taken again. All of them are of this family; {@link EventTypes#in} leaves
     *                out what other families file under the same tags
     * @param initial the state before the first event
     * @param evolve  the state after an event
     */
    public <S> Boundary<S, E> within(Query query, S initial, BiFunction<? super S, ? super E, ? extends S> evolve) {
        return new Boundary<>(query, new Handling<S, E>(store, types, () -> initial, evolve).with(retries));
    }

    /** The same by the state and the functions of a decider. */
    public <S> Boundary<S, E> within(Query query, Decider<?, S, E> decider) {
        return within(query, decider.initial(), decider::evolve);
    }

    /** The events, and how they are stored. */
    public EventTypes<E> types() {
        return types;
    }
}
