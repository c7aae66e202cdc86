package letopis.model;

import java.util.function.BiFunction;
import java.util.function.Supplier;

import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/**
 * How events become a state. Reads and folds at once, event by event; nothing is kept.
 *
 * <pre>{@code
 * Fold.of(EventTypes.of(OrderEvent.class), 0, (count, event) -> count + 1).over(store, Query.category("order"));
 * }</pre>
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class Fold<S, E> {
    private final EventTypes<E> types;
    private final Supplier<? extends S> initial;
    private final BiFunction<? super S, ? super Recorded<E>, ? extends S> evolve;

    private Fold(EventTypes<E> types, Supplier<? extends S> initial,
            BiFunction<? super S, ? super Recorded<E>, ? extends S> evolve) {
        this.types = types;
        this.initial = initial;
        this.evolve = evolve;
    }

    /** A fold that begins with this state and goes on by this function. */
    public static <S, E> Fold<S, E> of(EventTypes<E> types, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return fresh(types, () -> initial, evolve);
    }

    /** The same by a function that sees what is recorded about each event. */
    public static <S, E> Fold<S, E> ofRecorded(EventTypes<E> types, S initial,
            BiFunction<? super S, ? super Recorded<E>, ? extends S> evolve) {
        return new Fold<>(types, () -> initial, evolve);
    }

    /** A fold whose first state is made anew each time, for states that change in place. */
    static <S, E> Fold<S, E> fresh(EventTypes<E> types, Supplier<? extends S> initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return new Fold<>(types, initial, (state, recorded) -> evolve.apply(state, recorded.event()));
    }

    /** The state before the first event. */
    public S initial() {
        return initial.get();
    }

    /** The state after this event. */
    public S evolve(S state, RecordedEvent event) {
        S next = state;
        for (Recorded<E> recorded : types.decodeRecorded(event)) {
            next = evolve.apply(next, recorded);
        }
        return next;
    }

    /**
     * What the events that match come to, now.
     *
     * @throws UnreadableEventException if one of them cannot be read
     */
    public Folded<S> over(EventStore store, Query query) {
        try (Reading reading = store.read(Read.of(query))) {
            return over(reading).upTo(reading.head());
        }
    }

    /**
     * What the events that match came to, up to and including this point.
     *
     * @throws UnreadableEventException if one of them cannot be read
     */
    public Folded<S> over(EventStore store, Query query, Point asOf) {
        try (Reading reading = store.read(Read.of(query).to(asOf))) {
            return over(reading);
        }
    }

    private Folded<S> over(Reading reading) {
        S state = initial();
        long revision = Folded.NO_REVISION;
        long position = 0;
        for (RecordedEvent event : reading) {
            state = evolve(state, event);
            revision = event.revision();
            position = event.position();
        }
        return new Folded<>(state, position, revision);
    }
}
