package letopis.engine.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.Part;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into cursors over the positions of its terms in one part. Of an item with several restrictions the one with
 * the fewest positions leads. An item none of whose events can lie in the range is left out at once, by the newest position of
 * its terms: that is what makes a condition whose {@code after} is near the head cost no more than its items.
 */
final class Plan {
    private final Part part;
    private final long lowest;
    private final long highest;
    private final boolean backwards;

    /** A restriction of an item: any of some terms. */
    private record Restriction(List<PositionCursor> cursors, long size) {
        PositionCursor cursor() {
            return UnionCursor.of(cursors);
        }
    }

    Plan(Part part, long lowest, long highest, boolean backwards) {
        this.part = part;
        this.lowest = lowest;
        this.highest = highest;
        this.backwards = backwards;
    }

    PositionCursor cursor(KeyedQuery query) {
        List<PositionCursor> alternatives = new ArrayList<>(query.items().size());
        for (KeyedQuery.Item item : query.items()) {
            List<Restriction> restrictions = restrictions(item);
            if (restrictions != null) {
                List<PositionCursor> rarestFirst = new ArrayList<>(restrictions.size());
                for (Restriction restriction : restrictions) {
                    rarestFirst.add(restriction.cursor());
                }
                alternatives.add(IntersectionCursor.of(rarestFirst));
            }
        }
        return UnionCursor.of(alternatives);
    }

    /** The rarest first; null if no event can match. */
    private @Nullable List<Restriction> restrictions(KeyedQuery.Item item) {
        List<Restriction> all = new ArrayList<>();
        for (List<KeyedQuery.Sought> any : item.restrictions()) {
            Restriction restriction = restriction(any);
            if (restriction.size == 0) {
                return null;
            }
            all.add(restriction);
        }
        all.sort(Comparator.comparingLong(Restriction::size));
        return all;
    }

    private Restriction restriction(List<KeyedQuery.Sought> any) {
        List<PositionCursor> cursors = new ArrayList<>(any.size());
        long size = 0;
        for (KeyedQuery.Sought one : any) {
            Entry entry = part.find(one.key());
            if (entry != null && entry.last() >= lowest) {
                long fromRank = Math.max(0, one.firstRevision() - entry.baseRevision());
                EntryCursor cursor = new EntryCursor(entry, fromRank, lowest, highest, backwards);
                if (cursor.left() > 0) {
                    cursors.add(cursor);
                    size += cursor.left();
                }
            }
        }
        for (KeyedQuery.Sought one : any) {
            CountedCursor cursor = one.added().cursor(lowest, highest, backwards);
            if (cursor.left() > 0) {
                cursors.add(cursor);
                size += cursor.left();
            }
        }
        return new Restriction(cursors, size);
    }
}
