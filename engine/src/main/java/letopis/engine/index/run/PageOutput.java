package letopis.engine.index.run;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes a run from its beginning to its end, and keeps the checksum of each page of it. */
final class PageOutput {
    private static final int BUFFER_BYTES = 16 * Pages.PAGE_BYTES;
    /** A number is written at once, and may reach beyond the last page of the buffer. */
    private static final int SLACK_BYTES = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Sink sink;
    private final byte[] buffer = new byte[BUFFER_BYTES + SLACK_BYTES];
    private int used;
    private long flushed;
    private int[] checksums = new int[16];
    private int pages;

    PageOutput(Sink sink) {
        this.sink = sink;
    }

    /** How many bytes were put. */
    long at() {
        return flushed + used;
    }

    void putByte(int value) throws IOException {
        buffer[used] = (byte) value;
        advance(1);
    }

    void putInt(int value) throws IOException {
        INT.set(buffer, used, value);
        advance(Integer.BYTES);
    }

    void putLong(long value) throws IOException {
        putLow(value, Long.BYTES);
    }

    /** The low bytes of a number. */
    void putLow(long value, int bytes) throws IOException {
        LONG.set(buffer, used, value);
        advance(bytes);
    }

    /** Seven bits a byte, low ones first, the top bit set where more follow. */
    void putNumber(long value) throws IOException {
        int at = used;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        advance(at - used);
    }

    private void advance(int bytes) throws IOException {
        used += bytes;
        if (used >= BUFFER_BYTES) {
            flush(BUFFER_BYTES);
        }
    }

    void putBytes(byte[] source) throws IOException {
        for (int done = 0; done < source.length;) {
            int now = Math.min(source.length - done, BUFFER_BYTES - used);
            System.arraycopy(source, done, buffer, used, now);
            done += now;
            advance(now);
        }
    }

    /** Puts zeros up to a multiple of a power of two. */
    void align(int bytes) throws IOException {
        while ((at() & (bytes - 1)) != 0) {
            putByte(0);
        }
    }

    /** Whole pages, but at the end; what lies beyond them is kept. */
    private void flush(int bytes) throws IOException {
        for (int page = 0; page < bytes; page += Pages.PAGE_BYTES) {
            if (pages == checksums.length) {
                checksums = Arrays.copyOf(checksums, pages * 2);
            }
            checksums[pages++] = checksum(buffer, page, Math.min(Pages.PAGE_BYTES, bytes - page));
        }
        sink.write(buffer, 0, bytes);
        flushed += bytes;
        used -= bytes;
        System.arraycopy(buffer, bytes, buffer, 0, used);
    }

    /**
     * Ends the pages and puts the table of their checksums.
     *
     * @return the checksum of the table
     */
    int putChecksums() throws IOException {
        flush(used);
        byte[] table = new byte[pages * Integer.BYTES];
        for (int i = 0; i < pages; i++) {
            for (int b = 0; b < Integer.BYTES; b++) {
                table[i * Integer.BYTES + b] = (byte) (checksums[i] >>> (b * Byte.SIZE));
            }
        }
        sink.write(table, 0, table.length);
        return checksum(table, 0, table.length);
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
