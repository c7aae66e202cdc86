package letopis.model;

import java.util.function.Consumer;
import java.util.function.Supplier;

import letopis.store.EventStore;
import letopis.store.Point;

/**
 * The aggregates of one category as objects with state and methods: the same as {@link Aggregates} for those who prefer
 * {@link EventSourced} classes.
 *
 * <pre>{@code
 * var carts = AggregateObjects.over(store, "cart", EventTypes.of(CartEvent.class), Cart::new);
 * carts.handle("7", cart -> cart.add("book"));
 * }</pre>
 *
 * <p>Immutable and safe for any number of threads; each command and each load makes an object of its own.
 *
 * @param <A> the objects
 * @param <E> the events
 */
public final class AggregateObjects<A extends EventSourced<E>, E> {
    private final Aggregates<A, E> aggregates;

    private AggregateObjects(Aggregates<A, E> aggregates) {
        this.aggregates = aggregates;
    }

    /** The aggregates of this category in this store: see {@link Aggregates#over}. */
    public static <A extends EventSourced<E>, E> AggregateObjects<A, E> over(EventStore store, String category,
            EventTypes<E> types, Supplier<A> blank) {
        return new AggregateObjects<>(Aggregates.fresh(store, category, types, blank, (object, event) -> {
            object.happened(event);
            return object;
        }));
    }

    /** With another patience when others are faster. */
    public AggregateObjects<A, E> withRetries(Retries retries) {
        return new AggregateObjects<>(aggregates.withRetries(retries));
    }

    /**
     * Handles a command: see {@link Aggregates#handle}. The method may be called several times, each time on a new object
     * with the newest state.
     */
    public Handled<A, E> handle(String id, Consumer<? super A> method) {
        return aggregates.handle(id, object -> {
            method.accept(object);
            return object.raised();
        });
    }

    /** The aggregate as it is now. */
    public Aggregate<A> load(String id) {
        return aggregates.load(id);
    }

    /** The aggregate as it was at this revision, position or time, the event there included. */
    public Aggregate<A> load(String id, Point asOf) {
        return aggregates.load(id, asOf);
    }
}
