package letopis.engine.index;

import java.util.Arrays;

/** The positions of an ascending array in a range. */
final class ArrayCursor implements CountedCursor {
    private final long[] positions;
    private final boolean backwards;
    private final int end;
    private int at;

    ArrayCursor(long[] positions, long lowest, long highest, boolean backwards) {
        this.positions = positions;
        this.backwards = backwards;
        int from = firstAtOrAfter(lowest);
        int to = Math.max(from, firstAtOrAfter(highest + 1));
        this.at = backwards ? to - 1 : from;
        this.end = backwards ? from - 1 : to;
    }

    private int firstAtOrAfter(long position) {
        int found = Arrays.binarySearch(positions, position);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public long left() {
        return Math.abs(end - at);
    }

    @Override
    public long seek(long key) {
        if (at != end && PositionCursor.key(positions[at], backwards) < key) {
            int found = firstAtOrAfter(PositionCursor.position(key));
            boolean exact = found < positions.length && positions[found] == PositionCursor.position(key);
            int target = backwards && !exact ? found - 1 : found;
            at = backwards ? Math.max(end, target) : Math.min(end, target);
        }
        return at == end ? END : PositionCursor.key(positions[at], backwards);
    }
}
