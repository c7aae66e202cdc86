package letopis.testkit;

import java.util.List;
import java.util.UUID;

import letopis.memory.MemoryEventStore;
import letopis.model.EventTypes;
import letopis.model.projection.FoldedProjection;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;

/**
 * Given these events, then the read model is this: a specification of a projection, over a store in memory.
 *
 * <pre>{@code
 * ProjectionSpec.of(OpenOrders.PROJECTION)
 *         .given("order-1", new OrderCreated("c-456", NOON))
 *         .given("order-2", new OrderCreated("c-456", NOON), new OrderShipped(NOON))
 *         .then(new OpenOrders(Map.of("c-456", Set.of("1"))));
 * }</pre>
 *
 * <p>Only what matches the projection's query reaches it, as it would when it runs. For one thread.
 */
public final class ProjectionSpec<S extends Record, E> {
    private final FoldedProjection<S, E> projection;
    private final TestClock clock;
    private final MemoryEventStore store;

    private ProjectionSpec(FoldedProjection<S, E> projection, TestClock clock) {
        this.projection = projection;
        this.clock = clock;
        this.store = MemoryEventStore.open(clock);
    }

    /** A specification of this projection; recorded times are 2026-01-01T00:00:00Z. */
    public static <S extends Record, E> ProjectionSpec<S, E> of(FoldedProjection<S, E> projection) {
        return of(projection, TestClock.at("2026-01-01T00:00:00Z"));
    }

    /** A specification of this projection, with recorded times by this clock. */
    public static <S extends Record, E> ProjectionSpec<S, E> of(FoldedProjection<S, E> projection, TestClock clock) {
        return new ProjectionSpec<>(projection, clock);
    }

    /** These events have happened in this stream, after what was given before. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied, and written to by nobody
    public final ProjectionSpec<S, E> given(String stream, E... events) {
        return given(stream, projection.source().types(), List.of(events));
    }

    /** These events of any family have happened in this stream: some that the projection should not care for, for example. */
    public <F> ProjectionSpec<S, E> given(String stream, EventTypes<F> types, List<F> events) {
        List<Event> encoded = events.stream()
                .map(event -> types.encode(event, UUID.randomUUID(), Bytes.empty()))
                .toList();
        store.append(Append.to(stream).of(encoded));
        return this;
    }

    /** The read model is this. */
    public ProjectionSpec<S, E> then(S expected) {
        S actual = projection.fold().over(store, projection.source().query()).state();
        if (!expected.equals(actual)) {
            throw new AssertionError(
                    "the read model is not what was expected" + Lines.of("at", List.of(clock.instant()))
                            + Lines.of("expected", List.of(expected)) + Lines.of("is", List.of(actual))
                            + Lines.different(expected, actual));
        }
        return this;
    }
}
