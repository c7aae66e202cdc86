package letopis.engine.index;

import java.util.List;

import letopis.engine.index.run.Part;

/** Goes through the parts of an index, one after the other, and asks each only when it comes to it. */
final class PartsCursor implements PositionCursor {
    private final List<Part> parts;
    private final KeyedQuery query;
    private final long lowest;
    private final long highest;
    private final boolean backwards;
    private int asked;
    private PositionCursor current = PositionCursor.none();

    /** @param parts those that lie in the range, in the direction of the cursor */
    PartsCursor(List<Part> parts, KeyedQuery query, long lowest, long highest, boolean backwards) {
        this.parts = parts;
        this.query = query;
        this.lowest = lowest;
        this.highest = highest;
        this.backwards = backwards;
    }

    @Override
    public long seek(long key) {
        while (true) {
            long found = current.seek(key);
            if (found != END || asked == parts.size()) {
                return found;
            }
            Part part = parts.get(asked++);
            if (PositionCursor.key(backwards ? part.base() + 1 : part.last(), backwards) >= key) {
                current = new Plan(part, Math.max(lowest, part.base() + 1), Math.min(highest, part.last()), backwards)
                        .cursor(query);
            }
        }
    }
}
