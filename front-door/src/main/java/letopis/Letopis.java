package letopis;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import letopis.engine.EmbeddedEventStore;
import letopis.model.AggregateObjects;
import letopis.model.Aggregates;
import letopis.model.Decider;
import letopis.model.Decisions;
import letopis.model.EventSourced;
import letopis.model.EventTypes;
import letopis.model.Fold;
import letopis.model.Folded;
import letopis.model.projection.CheckpointStore;
import letopis.model.projection.FileCheckpoints;
import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.model.projection.ReadModel;
import letopis.model.projection.RunningProjection;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.StoreClosedException;

/**
 * The front door: an event store, and the model over it.
 *
 * <pre>{@code
 * try (var letopis = Letopis.open(Path.of("data"))) {
 *     var orders = letopis.aggregates("order", OrderEvent.class, Order.NONE, Order::evolve);
 *     orders.handle("123", order -> order.ship(Instant.now()));
 *     IO.println(orders.load("123").state());
 * }
 * }</pre>
 *
 * <p>Safe for any number of threads. One per process and store is enough. Everything it hands out can also be had from its own
 * class over any {@link EventStore}.
 */
public final class Letopis implements AutoCloseable {
    private final EventStore store;
    private final CheckpointStore checkpoints;
    private final Deque<RunningProjection<?>> projections = new ArrayDeque<>();
    private final boolean closesStore;
    private boolean closed;

    private Letopis(EventStore store, CheckpointStore checkpoints, boolean closesStore) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.closesStore = closesStore;
    }

    /**
     * Opens the embedded store in this directory, and creates it where there is none. The checkpoints of projections are kept
     * in its folder {@code projections}. Closing closes the store.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened; nothing was changed
     * @throws letopis.store.StoreDamagedException  if what is stored is not what was written; nothing was changed
     */
    public static Letopis open(Path directory) {
        return new Letopis(EmbeddedEventStore.open(directory), new FileCheckpoints(directory.resolve("projections")),
                true);
    }

    /** Over a store that is open, and stays so. The checkpoints of projections are kept in memory. */
    public static Letopis over(EventStore store) {
        return over(store, CheckpointStore.inMemory());
    }

    /** Over a store that is open, and stays so. The checkpoints of projections are kept there. */
    public static Letopis over(EventStore store, CheckpointStore checkpoints) {
        return new Letopis(store, checkpoints, false);
    }

    /** The store itself. */
    public EventStore store() {
        return store;
    }

    /**
     * The aggregates of a category: their states, and the handling of commands.
     *
     * @param category the first part of the names of their streams, without {@code -}
     * @param family   a sealed interface of records, or several levels of them
     * @param initial  the state before the first event
     * @param evolve   the state after an event; must depend on nothing else
     */
    public <S, E> Aggregates<S, E> aggregates(String category, Class<E> family, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return aggregates(category, EventTypes.of(family), initial, evolve);
    }

    /** The same with type names, tags or a codec of one's own. */
    public <S, E> Aggregates<S, E> aggregates(String category, EventTypes<E> types, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return Aggregates.over(store, category, types, initial, evolve);
    }

    /** The aggregates of a category by a decider: {@code orders.handle(id, decider.on(command))}. */
    public <S, E> Aggregates<S, E> aggregates(String category, Class<E> family, Decider<?, S, E> decider) {
        return Aggregates.over(store, category, EventTypes.of(family), decider);
    }

    /** The aggregates of a category as objects with state and methods. */
    public <A extends EventSourced<E>, E> AggregateObjects<A, E> objects(String category, Class<E> family,
            Supplier<A> blank) {
        return AggregateObjects.over(store, category, EventTypes.of(family), blank);
    }

    /** Decisions that span streams: their boundary is a query. */
    public <E> Decisions<E> decisions(EventTypes<E> types) {
        return Decisions.over(store, types);
    }

    /** What the events that match come to, now; nothing is kept. */
    public <S, E> Folded<S> fold(Query query, Class<E> family, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return Fold.of(EventTypes.of(family), initial, evolve).over(store, query);
    }

    /** What the events that match came to at that position or time, the event there included; nothing is kept. */
    public <S, E> Folded<S> fold(Query query, Class<E> family, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve, Point asOf) {
        return Fold.of(EventTypes.of(family), initial, evolve).over(store, query, asOf);
    }

    /** What a projection comes to, now, without running it. */
    public <S extends Record, E> Folded<S> fold(FoldedProjection<S, E> projection) {
        return projection.fold().over(store, projection.source().query());
    }

    /** What a projection came to at that position or time, the event there included. */
    public <S extends Record, E> Folded<S> fold(FoldedProjection<S, E> projection, Point asOf) {
        return projection.fold().over(store, projection.source().query(), asOf);
    }

    /**
     * Runs a projection in the background, from its checkpoint on, until it is closed or this is.
     *
     * @throws IllegalStateException if the same version of it runs already: two would overwrite each other's checkpoint
     * @throws letopis.model.projection.CheckpointException if there is a checkpoint that cannot be read
     */
    public <S extends Record, E> RunningProjection<S> project(FoldedProjection<S, E> projection) {
        return closingWithThis(projection.source(), () -> RunningProjection.start(store, projection, checkpoints));
    }

    /**
     * Runs a projection into a read model of one's own in the background, until it is closed or this is.
     *
     * @throws IllegalStateException if the same version of it runs already
     */
    public <E, R> RunningProjection<R> project(Projection<E> projection, ReadModel<E, R> model) {
        return closingWithThis(projection, () -> RunningProjection.start(store, projection, model));
    }

    private synchronized <R> RunningProjection<R> closingWithThis(Projection<?> source,
            Supplier<RunningProjection<R>> start) {
        if (closed) {
            throw new StoreClosedException("Letopis");
        }
        projections.removeIf(RunningProjection::isClosed);
        for (RunningProjection<?> running : projections) {
            if (running.source().name().equals(source.name()) && running.source().version() == source.version()) {
                throw new IllegalStateException(source + " runs already");
            }
        }
        RunningProjection<R> started = start.get();
        projections.push(started);
        return started;
    }

    /** Closes the projections, then the store if it was opened here. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            while (!projections.isEmpty()) {
                projections.pop().close();
            }
        } finally {
            if (closesStore) {
                store.close();
            }
        }
    }
}
