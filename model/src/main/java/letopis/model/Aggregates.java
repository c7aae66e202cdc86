package letopis.model;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import letopis.store.Condition;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.StreamInfo;
import letopis.store.StreamName;

/**
 * The aggregates of one category: their states, and the handling of commands. The aggregate with id {@code 123} of category
 * {@code order} is the stream {@code order-123}.
 *
 * <pre>{@code
 * var orders = Aggregates.over(store, "order", EventTypes.of(OrderEvent.class), Order.NONE, Order::evolve);
 * orders.handle("123", order -> order.ship(now));
 * orders.load("123").state();
 * orders.load("123", Point.time(yesterday)).state();
 * }</pre>
 *
 * <p>A state is folded from the events of its stream each time it is needed. Of a stream that was truncated only the events
 * that are left are folded.
 *
 * <p>Immutable and safe for any number of threads. Every method may throw the exceptions of the store, and
 * {@link UnreadableEventException} where an event cannot be read.
 *
 * @param <S> the state: immutable, since it is handed to whoever asks
 * @param <E> the events
 */
public final class Aggregates<S, E> {
    private final String category;
    private final Handling<S, E> handling;

    private Aggregates(String category, Handling<S, E> handling) {
        this.category = category;
        this.handling = handling;
    }

    /**
     * The aggregates of this category in this store.
     *
     * @param category without {@code -}, which ends a category in the name of a stream
     * @param initial  the state before the first event
     * @param evolve   the state after an event; must depend on nothing else
     * @throws IllegalArgumentException if the category is empty or has a {@code -}
     */
    public static <S, E> Aggregates<S, E> over(EventStore store, String category, EventTypes<E> types, S initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        return fresh(store, category, types, () -> initial, evolve);
    }

    /** The aggregates of this category in this store, by this decider: {@code orders.handle(id, decider.on(command))}. */
    public static <S, E> Aggregates<S, E> over(EventStore store, String category, EventTypes<E> types,
            Decider<?, S, E> decider) {
        return fresh(store, category, types, decider::initial, decider::evolve);
    }

    static <S, E> Aggregates<S, E> fresh(EventStore store, String category, EventTypes<E> types,
            Supplier<? extends S> initial, BiFunction<? super S, ? super E, ? extends S> evolve) {
        if (category.isEmpty() || !StreamName.categoryOf(category).equals(category)) {
            throw new IllegalArgumentException("a category is not empty and has no '-', which ends it in the name of a"
                    + " stream; \"" + category + "\" cannot be one");
        }
        return new Aggregates<>(category, new Handling<>(store, types, initial, evolve));
    }

    /** With another patience when others are faster. */
    public Aggregates<S, E> withRetries(Retries retries) {
        return new Aggregates<>(category, handling.with(retries));
    }

    /** With the ids of new events taken from here; random ones are the default. */
    public Aggregates<S, E> withIds(Supplier<UUID> ids) {
        return new Aggregates<>(category, handling.with(ids));
    }

    /**
     * Handles a command: folds the state, decides on it, and appends what was decided if no other append came in between;
     * else does all of that again. Where nothing needs to happen, nothing is appended.
     *
     * <p>What the decision throws is thrown on as it is, and nothing was written. The events carry the {@link Cause} that
     * holds in the calling thread.
     *
     * @throws TooManyConflictsException                   if others were faster each time; nothing was written
     * @throws letopis.store.OutcomeUnknownException       if the caller was interrupted, or the store answered so twice
     *                                                     in a row: the events may be written or not, and will be
     *                                                     seen by whoever loads the aggregate
     */
    public Handled<S, E> handle(String id, Decision<S, E> decision) {
        String stream = stream(id);
        return handling.handle(stream, decision, () -> fold(stream), folded -> unchanged(stream, folded), _ -> true);
    }

    /** The aggregate as it is now; with the initial state where it has no event. */
    public Aggregate<S> load(String id) {
        String stream = stream(id);
        return aggregate(id, stream, fold(stream));
    }

    /** The aggregate as it was at this revision, position or time, the event there included. */
    public Aggregate<S> load(String id, Point asOf) {
        String stream = stream(id);
        return aggregate(id, stream, handling.fold().over(handling.store(), Query.stream(stream), asOf));
    }

    /** How the aggregate became what it is, event by event. Holds every state in memory. */
    public History<S, E> history(String id) {
        return History.read(handling, stream(id));
    }

    /** The name of the stream of this aggregate. */
    public String stream(String id) {
        return category + "-" + id;
    }

    /** The category of the streams. */
    public String category() {
        return category;
    }

    /** The events, and how they are stored. */
    public EventTypes<E> types() {
        return handling.types();
    }

    private Folded<S> fold(String stream) {
        return handling.fold().over(handling.store(), Query.stream(stream));
    }

    private Aggregate<S> aggregate(String id, String stream, Folded<S> folded) {
        return new Aggregate<>(id, stream, folded.state(), folded.lastRevision(), folded.position());
    }

    /** What must hold of the stream so that nothing has happened since it was folded. */
    private Condition unchanged(String stream, Folded<S> folded) {
        if (folded.lastRevision() != Folded.NO_REVISION) {
            return new Condition.StreamAt(stream, folded.lastRevision());
        }
        // A stream whose events are all forgotten, but which was not deleted, goes on from its last revision.
        Optional<StreamInfo> info = handling.store().stream(stream);
        return info.filter(it -> it.state() == StreamInfo.State.OPEN && it.count() == 0)
                .<Condition>map(it -> new Condition.StreamAt(stream, it.lastRevision()))
                .orElseGet(() -> new Condition.NoStream(stream));
    }

    @Override
    public String toString() {
        return "aggregates of " + category + " with " + List.copyOf(types().names());
    }
}
