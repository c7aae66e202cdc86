package letopis.journal.file;

import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A CRC32C that is bound to a place: it runs over 28 bytes that say where the checked bytes stand, and then over the bytes. So
 * bytes that were copied, misplaced, or left over from another store are not believed.
 *
 * <pre>
 *    0          16              20              28
 *    | store id | segment number | offset in file | the checked bytes …
 * </pre>
 */
final class PlaceChecksum {
    private static final int SEED_BYTES = 28;
    private static final int SHORT_BYTES = 4;

    private final CRC32C crc = new CRC32C();
    private final byte[] seed = new byte[SEED_BYTES + SHORT_BYTES];
    private final boolean bound;

    PlaceChecksum(UUID storeId, PlantedBug bug) {
        LittleEndian.putId(seed, 0, storeId);
        bound = bug != PlantedBug.CHECKSUM_NOT_BOUND_TO_PLACE;
    }

    /** The checksum of bytes that stand, or will stand, at an offset of a segment. */
    int of(int segment, long offset, byte[] bytes, int from, int length) {
        begin(segment, offset);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** The checksum of two runs of bytes, one after the other; the first of them of at most {@value #SHORT_BYTES} bytes. */
    int of(int segment, long offset, byte[] bytes, int from, int length, int secondFrom, int secondLength) {
        crc.reset();
        place(segment, offset);
        System.arraycopy(bytes, from, seed, SEED_BYTES, length); // a call less for each record
        int skipped = bound ? 0 : SEED_BYTES;
        crc.update(seed, skipped, SEED_BYTES + length - skipped);
        crc.update(bytes, secondFrom, secondLength);
        return (int) crc.getValue();
    }

    private void begin(int segment, long offset) {
        crc.reset();
        if (bound) {
            place(segment, offset);
            crc.update(seed, 0, SEED_BYTES);
        }
    }

    private void place(int segment, long offset) {
        LittleEndian.putInt(seed, 16, segment);
        LittleEndian.putLong(seed, 20, offset);
    }
}
