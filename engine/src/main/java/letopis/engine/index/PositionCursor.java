package letopis.engine.index;

/**
 * Goes through positions one way. What it hands out are keys: the position itself where it goes forwards, and its negative
 * where it goes backwards, so that keys always ascend and everything above this works the same both ways.
 */
public interface PositionCursor {
    /** The key behind the last one. */
    long END = Long.MAX_VALUE;

    /**
     * The first key at or after this one, or {@link #END}. Never goes back: a lower key than asked for before gives the same
     * as that one.
     */
    long seek(long key);

    /** The key of a position. */
    static long key(long position, boolean backwards) {
        return backwards ? -position : position;
    }

    /** The position of a key that is not {@link #END}. */
    static long position(long key) {
        return Math.abs(key);
    }

    /** A cursor without positions. */
    static PositionCursor none() {
        return _ -> END;
    }
}
