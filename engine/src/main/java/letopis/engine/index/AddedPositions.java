package letopis.engine.index;

/** The ascending positions of the events that a tag was added to. Never change. */
final class AddedPositions {
    static final AddedPositions NONE = new AddedPositions(new long[0]);

    private final long[] positions;

    AddedPositions(long[] positions) {
        this.positions = positions;
    }

    boolean isEmpty() {
        return positions.length == 0;
    }

    /** A cursor over those in a range. */
    CountedCursor cursor(long lowest, long highest, boolean backwards) {
        return new ArrayCursor(positions, lowest, highest, backwards);
    }
}
