package letopis.engine.index.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;

/**
 * The bytes of a run, mapped or on the heap. A page is checked when it is touched first, and believed from then on; several
 * threads may check it at once, which does no harm.
 */
final class Pages {
    static final int PAGE_BYTES = 4096;
    private static final int PAGE_BITS = 12;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final MemorySegment bytes;
    private final long contentBytes;
    private final boolean[] checked;

    /** @param contentBytes how many bytes the pages have; the table of their checksums follows */
    Pages(String file, MemorySegment bytes, long contentBytes) {
        this.file = file;
        this.bytes = bytes;
        this.contentBytes = contentBytes;
        this.checked = new boolean[count(contentBytes)];
    }

    /** How many pages so many bytes take. */
    static int count(long contentBytes) {
        return Math.toIntExact((contentBytes + PAGE_BYTES - 1) >>> PAGE_BITS);
    }

    int byteAt(long at) {
        try {
            check(at);
            return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    int intAt(long at) {
        try {
            checkAll(at, Integer.BYTES);
            return bytes.get(INT, at);
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    long longAt(long at) {
        try {
            checkAll(at, Long.BYTES);
            return bytes.get(LONG, at);
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /** So many numbers from a place on. */
    void ints(long at, int[] target, int count) {
        try {
            checkAll(at, (long) count * Integer.BYTES);
            MemorySegment.copy(bytes, INT, at, target, 0, count);
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    byte[] bytesAt(long at, int length) {
        try {
            checkAll(at, length);
            byte[] copy = new byte[length];
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, copy, 0, length);
            return copy;
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /** The memory was given back, because the store was closed. */
    private static StoreClosedException closed(IllegalStateException cause) {
        StoreClosedException closed = new StoreClosedException("the index");
        closed.initCause(cause);
        return closed;
    }

    /** Whether these bytes stand at a place. */
    boolean matches(long at, byte[] wanted) {
        try {
            checkAll(at, wanted.length);
            for (int i = 0; i < wanted.length; i++) {
                if (bytes.get(ValueLayout.JAVA_BYTE, at + i) != wanted[i]) {
                    return false;
                }
            }
            return true;
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /** Whether all bits that are probed are set in a block of a filter. */
    boolean hasBits(long at, long probes) {
        try {
            checkAll(at, Directory.FILTER_BLOCK_BYTES);
            for (int i = 0; i < Directory.FILTER_PROBES; i++) {
                int bit = Directory.probeBit(probes, i);
                if ((bytes.get(ValueLayout.JAVA_BYTE, at + (bit >>> 3)) & (1 << (bit & 7))) == 0) {
                    return false;
                }
            }
            return true;
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /** Copies bytes as they are, those behind the pages included. */
    void copy(long from, byte[] target, int length) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, target, 0, length);
    }

    /** Checks all pages that were not touched yet. */
    void checkAll() {
        for (int page = 0; page < checked.length; page++) {
            check((long) page << PAGE_BITS);
        }
    }

    /** Checks the pages of so many bytes, which a run that is wrong may say are anywhere. */
    private void checkAll(long at, long length) {
        if (length <= 0) {
            if (length < 0) {
                throw outside(at);
            }
            return;
        }
        long last = at + length - 1;
        check(at);
        check(last);
        for (long page = (at & -PAGE_BYTES) + PAGE_BYTES; page < last; page += PAGE_BYTES) {
            check(page);
        }
    }

    private void check(long at) {
        if (at < 0 || at >= contentBytes) {
            throw outside(at);
        }
        int page = (int) (at >>> PAGE_BITS);
        if (!checked[page]) {
            checkPage(page);
        }
    }

    private StoreDamagedException outside(long at) {
        return damaged(Math.clamp(at, 0, contentBytes), "the run says that something is where it has no bytes");
    }

    private void checkPage(int page) {
        long from = (long) page << PAGE_BITS;
        CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(from, Math.min(PAGE_BYTES, contentBytes - from)).asByteBuffer());
        if ((int) crc.getValue() != bytes.get(INT, contentBytes + (long) page * Integer.BYTES)) {
            throw damaged(from, "the checksum of the page does not match");
        }
        checked[page] = true;
    }

    StoreDamagedException damaged(long at, String what) {
        return new StoreDamagedException(file, at,
                what + "; close the store and delete its folder index, which is made anew from the journal");
    }
}
