package letopis.engine.index;

import java.util.Arrays;

/**
 * A growing column of numbers, in chunks that never move. One thread sets; others may get what was set before a write that
 * they have seen, such as that of the published head.
 */
final class LongColumn {
    private static final int CHUNK_BITS = 13;
    private static final int MASK = (1 << CHUNK_BITS) - 1;

    private volatile long[][] chunks = new long[16][];

    long get(long index) {
        return chunks[(int) (index >>> CHUNK_BITS)][(int) index & MASK];
    }

    /** So many numbers from an index on. */
    void get(long index, long[] target, int count) {
        long[][] all = chunks;
        for (int done = 0; done < count;) {
            int at = (int) (index + done) & MASK;
            int now = Math.min(count - done, MASK + 1 - at);
            System.arraycopy(all[(int) ((index + done) >>> CHUNK_BITS)], at, target, done, now);
            done += now;
        }
    }

    void set(long index, long value) {
        int chunk = (int) (index >>> CHUNK_BITS);
        long[][] all = chunks;
        if (chunk >= all.length) {
            all = Arrays.copyOf(all, Math.max(chunk + 1, all.length * 2));
        }
        if (all[chunk] == null) {
            all[chunk] = new long[1 << CHUNK_BITS];
            chunks = all;
        }
        all[chunk][(int) index & MASK] = value;
    }
}
