package letopis.engine.index;

/** Every position of a range. */
final class RangeCursor implements PositionCursor {
    private final long end;
    private long key;

    RangeCursor(long lowest, long highest, boolean backwards) {
        this.key = backwards ? -highest : lowest;
        this.end = backwards ? -lowest : highest;
    }

    @Override
    public long seek(long target) {
        key = Math.max(key, target);
        return key <= end ? key : END;
    }
}
