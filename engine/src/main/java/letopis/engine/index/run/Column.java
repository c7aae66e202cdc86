package letopis.engine.index.run;

/**
 * Numbers that are found by their rank, in groups of 64: each group has its lowest number and how far the others lie above
 * it, in as few bits as that takes.
 *
 * <pre>
 *    group:      | lowest | bits | 64 times (number - lowest), low bits first
 *                  8        1      8 * bits bytes; fewer in the last group
 *    directory:  | place of group 0 | place of group 1 | …
 *                  8                  8
 * </pre>
 */
final class Column {
    static final int GROUP = 64;
    /** With eight bytes read from any bit of a byte on, so many bits are there; larger numbers take 64. */
    static final int MAX_PACKED_BITS = 56;

    private static final int GROUP_BITS = 6;
    private static final int HEADER_BYTES = 9;

    private final Pages pages;
    private final long directoryAt;

    Column(Pages pages, long directoryAt) {
        this.pages = pages;
        this.directoryAt = directoryAt;
    }

    long get(long rank) {
        long group = pages.longAt(directoryAt + (rank >>> GROUP_BITS) * Long.BYTES);
        long lowest = pages.longAt(group);
        int bits = pages.byteAt(group + Long.BYTES);
        if (bits == 0) {
            return lowest;
        }
        int bit = (int) (rank & (GROUP - 1)) * bits;
        long raw = pages.longAt(group + HEADER_BYTES + (bit >>> 3)) >>> (bit & 7);
        return lowest + (bits == Long.SIZE ? raw : raw & ((1L << bits) - 1));
    }

    /** So many numbers from a rank on. */
    void get(long rank, long[] target, int count) {
        for (int done = 0; done < count;) {
            int from = (int) (rank + done) & (GROUP - 1);
            int now = Math.min(count - done, GROUP - from);
            takeGroup(pages.longAt(directoryAt + ((rank + done) >>> GROUP_BITS) * Long.BYTES), from, target, done, now);
            done += now;
        }
    }

    private void takeGroup(long group, int from, long[] target, int at, int count) {
        long lowest = pages.longAt(group);
        int bits = pages.byteAt(group + Long.BYTES);
        long mask = bits == Long.SIZE ? -1 : (1L << bits) - 1;
        for (int i = 0; i < count; i++) {
            int bit = (from + i) * bits;
            long raw = bits == 0 ? 0 : pages.longAt(group + HEADER_BYTES + (bit >>> 3)) >>> (bit & 7);
            target[at + i] = lowest + (raw & mask);
        }
    }
}
