package letopis.engine.index;

import java.util.Arrays;

/**
 * A growing column of numbers, in chunks that never move. One thread sets; others may get what was set before a write that
 * they have seen, such as that of the published head.
 */
final class IntColumn {
    private static final int CHUNK_BITS = 13;
    private static final int MASK = (1 << CHUNK_BITS) - 1;

    private volatile int[][] chunks = new int[16][];

    int get(long index) {
        return chunks[(int) (index >>> CHUNK_BITS)][(int) index & MASK];
    }

    void set(long index, int value) {
        int chunk = (int) (index >>> CHUNK_BITS);
        int[][] all = chunks;
        if (chunk >= all.length) {
            all = Arrays.copyOf(all, Math.max(chunk + 1, all.length * 2));
        }
        if (all[chunk] == null) {
            all[chunk] = new int[1 << CHUNK_BITS];
            chunks = all;
        }
        all[chunk][(int) index & MASK] = value;
    }
}
