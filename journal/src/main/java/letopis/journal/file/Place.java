package letopis.journal.file;

/**
 * The place of a record or a block as one number: the segment's number times 2<sup>32</sup>, plus the offset of its first
 * byte in the segment file. Places grow in the order of the log.
 */
final class Place {
    private Place() {}

    static long of(int segment, long offset) {
        return (long) segment << 32 | offset;
    }

    static int segment(long place) {
        return (int) (place >>> 32);
    }

    static long offset(long place) {
        return place & 0xFFFF_FFFFL;
    }
}
