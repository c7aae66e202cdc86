package letopis.model.projection;

import java.util.function.BiFunction;
import java.util.regex.Pattern;

import letopis.model.EventTypes;
import letopis.model.Recorded;
import letopis.store.Query;

/**
 * What a projection is fed with, and what it is called.
 *
 * <pre>{@code
 * Projection.of("open-orders", 1, Query.category("order"), OrderEvent.class)
 *         .folding(OpenOrders.NONE, OpenOrders::evolve);
 * }</pre>
 *
 * @param name    lower-case letters, digits, {@code -} and {@code _}, at most 100 characters
 * @param version 1 or more; a higher one when the query, the events or the folding change, and all is built anew
 * @param query   which events; all of them are of the family
 * @param types   the events, and how they are stored
 */
public record Projection<E>(String name, int version, Query query, EventTypes<E> types) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    /** @throws IllegalArgumentException if the name or the version is not as described */
    public Projection {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a projection is named with up to 100 lower-case letters, digits, '-' and"
                            + " '_', and begins with a letter or digit; \"" + name + "\" is not");
        }
        if (version < 1) {
            throw new IllegalArgumentException("projection " + name + " cannot have version " + version
                    + "; versions begin at 1");
        }
    }

    /** A projection of these events, in JSON under the simple names of their records. */
    public static <E> Projection<E> of(String name, int version, Query query, Class<E> family) {
        return new Projection<>(name, version, query, EventTypes.of(family));
    }

    /** A projection of these events. */
    public static <E> Projection<E> of(String name, int version, Query query, EventTypes<E> types) {
        return new Projection<>(name, version, query, types);
    }

    /**
     * Into a state in memory, which is saved together with its checkpoint.
     *
     * @param initial the state before the first event
     * @param evolve  the state after an event; must depend on nothing else
     */
    public <S extends Record> FoldedProjection<S, E> folding(S initial,
            BiFunction<? super S, ? super Recorded<E>, ? extends S> evolve) {
        return new FoldedProjection<>(this, initial, evolve);
    }

    @Override
    public String toString() {
        return "projection " + name + " version " + version;
    }
}
