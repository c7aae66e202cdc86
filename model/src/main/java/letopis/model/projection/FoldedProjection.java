package letopis.model.projection;

import java.util.function.BiFunction;

import letopis.model.Fold;
import letopis.model.Recorded;

/**
 * A projection into a state in memory. Made by {@link Projection#folding}.
 *
 * @param <S>     the state: an immutable record, written and read as JSON
 * @param source  what it is fed with
 * @param initial the state before the first event
 * @param evolve  the state after an event
 */
public record FoldedProjection<S extends Record, E>(Projection<E> source, S initial,
        BiFunction<? super S, ? super Recorded<E>, ? extends S> evolve) {
    /** The same folding for a read on the fly. */
    public Fold<S, E> fold() {
        return Fold.ofRecorded(source.types(), initial, evolve);
    }
}
