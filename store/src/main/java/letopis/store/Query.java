package letopis.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Which events: those that match any of the items.
 *
 * <pre>{@code
 * Query.all();
 * Query.stream("order-17");
 * Query.category("order").withTypes("OrderCreated", "OrderShipped");
 * Query.tag("course:c1").withTypes("CourseDefined").or(Query.tag("student:s7"));
 * }</pre>
 *
 * @param items at least one
 */
public record Query(List<Item> items) {
    private static final Query ALL = new Query(List.of(new Item(Set.of(), Optional.empty(), Set.of(), Set.of())));

    /** @throws IllegalArgumentException if there is no item */
    public Query {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a query has at least one item; Query.all() matches every event");
        }
    }

    /**
     * One of the alternatives of a query. Each part that is given must hold; a part that is not given does not restrict.
     *
     * @param streams  the event is in one of these streams; empty for any
     * @param category the event's stream is of this category; not together with streams
     * @param types    the event is of one of these types; empty for any
     * @param tags     the event has all of these tags; empty for any
     */
    public record Item(Set<String> streams, Optional<String> category, Set<String> types, Set<String> tags) {
        /** @throws IllegalArgumentException if streams and a category are given together */
        public Item {
            streams = sorted(streams);
            types = sorted(types);
            tags = sorted(tags);
            if (!streams.isEmpty() && category.isPresent()) {
                throw new IllegalArgumentException("a query item names streams " + streams + " or the category "
                        + category.get() + ", not both");
            }
        }

        private static Set<String> sorted(Set<String> names) {
            return names.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(names));
        }

        /** Whether this item restricts nothing. */
        public boolean matchesEverything() {
            return streams.isEmpty() && category.isEmpty() && types.isEmpty() && tags.isEmpty();
        }

        public boolean matches(String stream, Event event) {
            return (streams.isEmpty() || streams.contains(stream))
                    && (category.isEmpty() || category.get().equals(StreamName.categoryOf(stream)))
                    && (types.isEmpty() || types.contains(event.type())) && event.tags().containsAll(tags);
        }

        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            if (!streams.isEmpty()) {
                parts.add("stream " + String.join("|", streams));
            }
            category.ifPresent(name -> parts.add("category " + name));
            if (!types.isEmpty()) {
                parts.add("type " + String.join("|", types));
            }
            if (!tags.isEmpty()) {
                parts.add("tag " + String.join("+", tags));
            }
            return parts.isEmpty() ? "all events" : String.join(", ", parts);
        }
    }

    /** Every event. */
    public static Query all() {
        return ALL;
    }

    /** The events of one stream. */
    public static Query stream(String stream) {
        return streams(Set.of(stream));
    }

    /**
     * The events of any of these streams.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Query streams(Set<String> streams) {
        return one(new Item(notEmpty("stream", streams), Optional.empty(), Set.of(), Set.of()));
    }

    /** The events of all streams of a category. */
    public static Query category(String category) {
        return one(new Item(Set.of(), Optional.of(category), Set.of(), Set.of()));
    }

    /** The events of any of these types. */
    public static Query type(String... types) {
        return one(new Item(Set.of(), Optional.empty(), notEmpty("type", setOf(types)), Set.of()));
    }

    /** The events that have all of these tags. */
    public static Query tag(String... tags) {
        return one(new Item(Set.of(), Optional.empty(), Set.of(), notEmpty("tag", setOf(tags))));
    }

    /**
     * This query, of these types only.
     *
     * @throws IllegalArgumentException if an item names types already
     */
    public Query withTypes(String... types) {
        Set<String> wanted = notEmpty("type", setOf(types));
        return each(item -> {
            if (!item.types.isEmpty()) {
                throw new IllegalArgumentException("the query item \"" + item + "\" names its types already");
            }
            return new Item(item.streams, item.category, wanted, item.tags);
        });
    }

    /** This query, of events that have all of these tags, too. */
    public Query withTags(String... tags) {
        return each(item -> {
            Set<String> wanted = new TreeSet<>(item.tags);
            wanted.addAll(notEmpty("tag", setOf(tags)));
            return new Item(item.streams, item.category, item.types, wanted);
        });
    }

    /** What this query matches, and what the other does. */
    public Query or(Query other) {
        List<Item> both = new ArrayList<>(items);
        both.addAll(other.items);
        return new Query(both);
    }

    public boolean matches(RecordedEvent event) {
        return matches(event.stream(), event.event());
    }

    /** Whether the event would match if it was filed in this stream. */
    public boolean matches(String stream, Event event) {
        return itemThatMatches(stream, event) >= 0;
    }

    /** The number of the first item that matches, from 0 on, or -1. */
    public int itemThatMatches(String stream, Event event) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).matches(stream, event)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether this is every event. */
    public boolean matchesEverything() {
        return items.stream().anyMatch(Item::matchesEverything);
    }

    /** The one stream that this query is about and nothing else, so that revisions have a meaning. */
    public Optional<String> singleStream() {
        Set<String> streams = items.getFirst().streams;
        return streams.size() == 1 && items.stream().allMatch(item -> item.streams.equals(streams))
                ? Optional.of(streams.iterator().next())
                : Optional.empty();
    }

    @Override
    public String toString() {
        return String.join("; or ", items.stream().map(Item::toString).toList());
    }

    private Query each(UnaryOperator<Item> change) {
        return new Query(items.stream().map(change).toList());
    }

    private static Query one(Item item) {
        return new Query(List.of(item));
    }

    private static Set<String> setOf(String... names) {
        return new TreeSet<>(List.of(names));
    }

    private static Set<String> notEmpty(String what, Set<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no " + what + " given; Query.all() matches every event");
        }
        return names;
    }
}
