package letopis.engine.index.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes a run from its beginning to its end, and keeps the checksum of each page of it. */
final class PageOutput {
    private static final int BUFFER_BYTES = 16 * Pages.PAGE_BYTES;

    private final Sink sink;
    private final byte[] buffer = new byte[BUFFER_BYTES];
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
        if (used == BUFFER_BYTES) {
            flush();
        }
        buffer[used++] = (byte) value;
    }

    void putInt(int value) throws IOException {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            putByte(value >>> shift);
        }
    }

    void putLong(long value) throws IOException {
        putInt((int) value);
        putInt((int) (value >>> Integer.SIZE));
    }

    /** Seven bits a byte, low ones first, the top bit set where more follow. */
    void putNumber(long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            putByte((int) rest | 0x80);
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    void putBytes(byte[] source) throws IOException {
        for (int done = 0; done < source.length;) {
            if (used == BUFFER_BYTES) {
                flush();
            }
            int now = Math.min(source.length - done, BUFFER_BYTES - used);
            System.arraycopy(source, done, buffer, used, now);
            used += now;
            done += now;
        }
    }

    /** Puts zeros up to a multiple of a power of two. */
    void align(int bytes) throws IOException {
        while ((at() & (bytes - 1)) != 0) {
            putByte(0);
        }
    }

    private void flush() throws IOException {
        for (int page = 0; page < used; page += Pages.PAGE_BYTES) {
            if (pages == checksums.length) {
                checksums = Arrays.copyOf(checksums, pages * 2);
            }
            checksums[pages++] = checksum(buffer, page, Math.min(Pages.PAGE_BYTES, used - page));
        }
        sink.write(buffer, 0, used);
        flushed += used;
        used = 0;
    }

    /**
     * Ends the pages and puts the table of their checksums.
     *
     * @return the checksum of the table
     */
    int putChecksums() throws IOException {
        flush();
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
