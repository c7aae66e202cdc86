package letopis.engine.index.run;

import java.util.Arrays;

/** Keeps a run on the heap; for runs of less than 2 GiB. */
public final class HeapSink implements Sink {
    private byte[] bytes = new byte[1 << 14];
    private int size;

    @Override
    public void write(byte[] source, int from, int length) {
        int needed = Math.addExact(size, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** All that was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
