package letopis.model;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How a thing lives, in three pure functions.
 *
 * @param <C> its commands
 * @param <S> its state, immutable
 * @param <E> its events
 */
public interface Decider<C, S, E> {
    /** The state before the first event. */
    S initial();

    /** What is to happen when this command meets this state: see {@link Decision}. */
    List<? extends E> decide(C command, S state);

    /** The state after this event. */
    S evolve(S state, E event);

    /** A decider from its parts. */
    static <C, S, E> Decider<C, S, E> of(S initial,
            BiFunction<? super C, ? super S, ? extends List<? extends E>> decide,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return new Decider<>() {
            @Override
            public S initial() {
                return initial;
            }

            @Override
            public List<? extends E> decide(C command, S state) {
                return decide.apply(command, state);
            }

            @Override
            public S evolve(S state, E event) {
                return evolve.apply(state, event);
            }
        };
    }

    /** The decision on this command; the command's name is that of its class. */
    default Decision<S, E> on(C command) {
        return new Decision<>() {
            @Override
            public List<? extends E> decide(S state) {
                return Decider.this.decide(command, state);
            }

            @Override
            public Optional<String> command() {
                return Optional.of(command.getClass().getSimpleName());
            }
        };
    }
}
