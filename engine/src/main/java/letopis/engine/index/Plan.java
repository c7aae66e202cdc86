package letopis.engine.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into cursors over the positions of its terms. Of an item with several restrictions the one with the fewest
 * positions leads. An item none of whose events can lie in the range is left out at once, by the newest position of its
 * terms: that is what makes a condition whose {@code after} is near the head cost no more than its items.
 */
final class Plan {
    private final Terms streams;
    private final Terms categories;
    private final Terms types;
    private final Terms tags;
    private final long lowest;
    private final long highest;
    private final boolean backwards;
    private final ToLongFunction<Term> firstOfStream;

    /** A restriction of an item: any of some terms. */
    private record Restriction(List<TermCursor> cursors, long size) {
        PositionCursor cursor() {
            return UnionCursor.of(List.copyOf(cursors));
        }
    }

    /** @param firstOfStream before which position a stream's events need not be looked at, because they are forgotten */
    Plan(Terms streams, Terms categories, Terms types, Terms tags, long lowest, long highest, boolean backwards,
            ToLongFunction<Term> firstOfStream) {
        this.streams = streams;
        this.categories = categories;
        this.types = types;
        this.tags = tags;
        this.lowest = lowest;
        this.highest = highest;
        this.backwards = backwards;
        this.firstOfStream = firstOfStream;
    }

    PositionCursor cursor(PreparedQuery query) {
        if (lowest > highest) {
            return PositionCursor.none();
        }
        if (query.matchesEverything()) {
            return new RangeCursor(lowest, highest, backwards);
        }
        List<PositionCursor> alternatives = new ArrayList<>();
        for (PreparedQuery.Item item : query.items()) {
            List<Restriction> restrictions = restrictions(item);
            if (restrictions != null) {
                alternatives.add(IntersectionCursor.of(restrictions.stream().map(Restriction::cursor).toList()));
            }
        }
        return UnionCursor.of(alternatives);
    }

    /** The rarest first; null if no event can match. */
    private @Nullable List<Restriction> restrictions(PreparedQuery.Item item) {
        List<Restriction> all = new ArrayList<>();
        boolean possible = add(all, streams, item.streams())
                && (item.category().isEmpty() || add(all, categories, List.of(item.category().get())))
                && add(all, types, item.types());
        for (Name tag : item.tags()) {
            possible = possible && add(all, tags, List.of(tag));
        }
        all.sort(Comparator.comparingLong(Restriction::size));
        return possible ? all : null;
    }

    private boolean add(List<Restriction> all, Terms terms, Collection<Name> names) {
        if (names.isEmpty()) {
            return true;
        }
        List<TermCursor> cursors = new ArrayList<>(names.size());
        long size = 0;
        for (Name name : names) {
            Term term = terms.find(name);
            if (term != null && term.last() >= lowest) {
                long first = terms == streams ? Math.max(lowest, firstOfStream.applyAsLong(term)) : lowest;
                TermCursor cursor = new TermCursor(term, first, highest, backwards);
                if (cursor.left() > 0) {
                    cursors.add(cursor);
                    size += cursor.left();
                }
            }
        }
        all.add(new Restriction(cursors, size));
        return size > 0;
    }
}
