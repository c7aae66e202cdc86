package letopis.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

import letopis.model.Decider;
import letopis.model.Decision;
import letopis.model.EventTypes;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Given these events, when this is decided, then these events follow: a specification of a decider, without a store.
 *
 * <pre>{@code
 * var orders = DeciderSpec.of(OrderEvent.class, Order.NONE, Order::evolve);
 *
 * orders.given(new OrderCreated("c-456", NOON)).when(order -> order.ship(NOON)).then(new OrderShipped(NOON));
 * orders.given(new OrderCreated("c-456", NOON), new OrderShipped(NOON)).when(order -> order.ship(NOON)).thenNothing();
 * orders.given(cancelled).when(order -> order.ship(NOON)).thenRefused(IllegalStateException.class, "cancelled");
 * }</pre>
 *
 * <p>Every event, given or decided, is written and read back on the way, as it would be by a store: one that comes back as
 * another is found here. What does not hold is an {@link AssertionError} that says what was given. Immutable.
 */
public final class DeciderSpec<S, E> {
    private final EventTypes<E> types;
    private final S initial;
    private final BiFunction<? super S, ? super E, ? extends S> evolve;

    private DeciderSpec(EventTypes<E> types, S initial, BiFunction<? super S, ? super E, ? extends S> evolve) {
        this.types = types;
        this.initial = initial;
        this.evolve = evolve;
    }

    /** A specification of decisions on states that are folded so. */
    public static <S, E> DeciderSpec<S, E> of(Class<E> family, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return of(EventTypes.of(family), initial, evolve);
    }

    /** The same with type names, tags or a codec of one's own. */
    public static <S, E> DeciderSpec<S, E> of(EventTypes<E> types, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return new DeciderSpec<>(types, initial, evolve);
    }

    /** A specification of this decider: {@code when(decider.on(command))}. */
    public static <S, E> DeciderSpec<S, E> of(Class<E> family, Decider<?, S, E> decider) {
        return of(EventTypes.of(family), decider.initial(), decider::evolve);
    }

    /** These events have happened, in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied, and written to by nobody
    public final Given<S, E> given(E... events) {
        return new Given<>(this, List.of(events));
    }

    private S fold(List<E> events) {
        S state = initial;
        for (E event : events) {
            state = evolve.apply(state, stored(event));
        }
        return state;
    }

    /** The event as it comes back from a store. */
    private E stored(E event) {
        Event written = types.encode(event, new UUID(0, 0), Bytes.empty());
        List<E> read = types.decode(new RecordedEvent("spec", 0, 1, Instant.EPOCH, written));
        if (!read.equals(List.of(event))) {
            throw new AssertionError(
                    "an event does not come back from the store as it was" + Lines.of("written", List.of(event))
                            + Lines.of("read back", read) + Lines.of("stored", List.of(written.data())));
        }
        return read.getFirst();
    }

    /** What has happened. */
    public static final class Given<S, E> {
        private final DeciderSpec<S, E> spec;
        private final List<E> events;

        private Given(DeciderSpec<S, E> spec, List<E> events) {
            this.spec = spec;
            this.events = events;
        }

        /** This is decided. */
        public When<S, E> when(Decision<S, E> decision) {
            S state = spec.fold(events);
            try {
                return new When<>(spec, events, state, List.copyOf(decision.decide(state)), null);
            } catch (RuntimeException refusal) {
                return new When<>(spec, events, state, List.of(), refusal);
            }
        }

        /** The events come to this state. */
        public void thenState(S expected) {
            compareStates(expected, spec.fold(events), events);
        }
    }

    /** What was decided. */
    public static final class When<S, E> {
        private final DeciderSpec<S, E> spec;
        private final List<E> given;
        private final S state;
        private final List<E> decided;
        private final @Nullable RuntimeException refusal;

        private When(DeciderSpec<S, E> spec, List<E> given, S state, List<E> decided,
                @Nullable RuntimeException refusal) {
            this.spec = spec;
            this.given = given;
            this.state = state;
            this.decided = decided;
            this.refusal = refusal;
        }

        /** Exactly these events follow, in this order. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is copied, and written to by nobody
        public final When<S, E> then(E... expected) {
            accepted();
            if (!decided.equals(List.of(expected))) {
                throw new AssertionError("other events were decided than expected" + Lines.of("given", given)
                        + Lines.of("state", List.of(state)) + Lines.compared(List.of(expected), decided));
            }
            decided.forEach(spec::stored);
            return this;
        }

        /** Nothing needs to happen. */
        public void thenNothing() {
            then();
        }

        /** The state is this, once the decided events have happened. */
        public void thenState(S expected) {
            accepted();
            List<E> all = new ArrayList<>(given);
            all.addAll(decided);
            compareStates(expected, spec.fold(all), all);
        }

        /** It is refused with such an exception, whose message contains this. */
        public void thenRefused(Class<? extends RuntimeException> kind, String message) {
            if (refusal == null) {
                throw new AssertionError("a refusal was expected, and it was accepted" + Lines.of("given", given)
                        + Lines.of("state", List.of(state))
                        + Lines.of("expected", List.of(kind.getSimpleName() + ": … " + message + " …"))
                        + Lines.of("decided", decided));
            }
            boolean fits = kind.isInstance(refusal)
                    && Optional.ofNullable(refusal.getMessage()).orElse("").contains(message);
            if (!fits) {
                throw new AssertionError("another refusal was expected" + Lines.of("given", given)
                        + Lines.of("expected", List.of(kind.getName() + ": … " + message + " …"))
                        + Lines.of("refused with", List.of(refusal)), refusal);
            }
        }

        /** It is refused with such an exception. */
        public void thenRefused(Class<? extends RuntimeException> kind) {
            thenRefused(kind, "");
        }

        private void accepted() {
            if (refusal != null) {
                throw new AssertionError("it was refused" + Lines.of("given", given) + Lines.of("state", List.of(state))
                        + Lines.of("refused with", List.of(refusal)), refusal);
            }
        }
    }

    private static <S, E> void compareStates(S expected, S actual, List<E> events) {
        if (!expected.equals(actual)) {
            throw new AssertionError("the events come to another state than expected" + Lines.of("events", events)
                    + Lines.different(expected, actual));
        }
    }
}
