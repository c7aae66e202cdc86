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
        List<KeyedQuery.Item> items = query.items();
        if (items.size() == 1) {
            PositionCursor only = cursor(items.getFirst());
            return only == null ? PositionCursor.none() : only;
        }
        List<PositionCursor> alternatives = new ArrayList<>(items.size());
        for (KeyedQuery.Item item : items) {
            PositionCursor alternative = cursor(item);
            if (alternative != null) {
                alternatives.add(alternative);
            }
        }
        return UnionCursor.of(alternatives);
    }

    /** The rarest restriction leads; null if no event can match. */
    private @Nullable PositionCursor cursor(KeyedQuery.Item item) {
        List<List<KeyedQuery.Sought>> restrictions = item.restrictions();
        if (restrictions.size() == 1) {
            Restriction only = restriction(restrictions.getFirst());
            return only == null ? null : only.cursor();
        }
        List<Restriction> all = new ArrayList<>(restrictions.size());
        for (List<KeyedQuery.Sought> any : restrictions) {
            Restriction restriction = restriction(any);
            if (restriction == null) {
                return null;
            }
            all.add(restriction);
        }
        all.sort(Comparator.comparingLong(Restriction::size));
        List<PositionCursor> rarestFirst = new ArrayList<>(all.size());
        for (Restriction restriction : all) {
            rarestFirst.add(restriction.cursor());
        }
        return IntersectionCursor.of(rarestFirst);
    }

    /** Null if no event can match. Makes nothing for a term that is not there: most parts lack most terms. */
    private @Nullable Restriction restriction(List<KeyedQuery.Sought> any) {
        List<PositionCursor> cursors = List.of();
        long size = 0;
        for (KeyedQuery.Sought one : any) {
            Entry entry = part.find(one.key());
            if (entry != null && entry.last() >= lowest) {
                long fromRank = Math.max(0, one.firstRevision() - entry.baseRevision());
                EntryCursor cursor = new EntryCursor(entry, fromRank, lowest, highest, backwards);
                if (cursor.left() > 0) {
                    cursors = with(cursors, cursor);
                    size += cursor.left();
                }
            }
            if (!one.added().isEmpty()) {
                CountedCursor added = one.added().cursor(lowest, highest, backwards);
                if (added.left() > 0) {
                    cursors = with(cursors, added);
                    size += added.left();
                }
            }
        }
        return size == 0 ? null : new Restriction(cursors, size);
    }

    private static List<PositionCursor> with(List<PositionCursor> cursors, PositionCursor another) {
        if (cursors.isEmpty()) {
            return List.of(another);
        }
        List<PositionCursor> more = cursors instanceof ArrayList ? cursors : new ArrayList<>(cursors);
        more.add(another);
        return more;
    }
}
