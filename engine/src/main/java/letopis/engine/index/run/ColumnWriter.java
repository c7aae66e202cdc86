package letopis.engine.index.run;

import java.io.IOException;
import java.util.Arrays;

/** Writes a {@link Column}. Keeps eight bytes in memory for each 64 numbers. */
final class ColumnWriter {
    private final PageOutput out;
    private final long[] group = new long[Column.GROUP];
    private int inGroup;
    private long[] directory = new long[16];
    private int groups;

    ColumnWriter(PageOutput out) {
        this.out = out;
    }

    void add(long[] values, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            add(values[i]);
        }
    }

    void add(long value) throws IOException {
        group[inGroup++] = value;
        if (inGroup == Column.GROUP) {
            putGroup();
        }
    }

    /** @return where the directory is */
    long end() throws IOException {
        if (inGroup > 0) {
            putGroup();
        }
        out.putLong(0); // the last number is read with eight bytes, too
        long at = out.at();
        for (int i = 0; i < groups; i++) {
            out.putLong(directory[i]);
        }
        return at;
    }

    private void putGroup() throws IOException {
        if (groups == directory.length) {
            directory = Arrays.copyOf(directory, groups * 2);
        }
        directory[groups++] = out.at();
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < inGroup; i++) {
            lowest = Math.min(lowest, group[i]);
        }
        long all = 0;
        for (int i = 0; i < inGroup; i++) {
            group[i] -= lowest;
            all |= group[i];
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(all);
        bits = bits > Column.MAX_PACKED_BITS ? Long.SIZE : bits;
        out.putLong(lowest);
        out.putByte(bits);
        putPacked(bits);
        inGroup = 0;
    }

    private void putPacked(int bits) throws IOException {
        if (bits == Long.SIZE) {
            for (int i = 0; i < inGroup; i++) {
                out.putLong(group[i]);
            }
            return;
        }
        long pending = 0;
        int pendingBits = 0;
        for (int i = 0; i < inGroup; i++) {
            pending |= group[i] << pendingBits;
            pendingBits += bits;
            int whole = pendingBits >>> 3;
            out.putLow(pending, whole);
            pending >>>= whole * Byte.SIZE;
            pendingBits &= 7;
        }
        if (pendingBits > 0) {
            out.putByte((int) pending);
        }
    }
}
