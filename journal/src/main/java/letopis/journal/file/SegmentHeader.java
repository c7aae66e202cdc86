package letopis.journal.file;

import java.util.UUID;

import letopis.store.StoreDamagedException;

/**
 * The first sector of a segment file: 64 bytes, little-endian, and zeros up to the alignment. The first block follows.
 *
 * <pre>
 *    0                  8             12               16         32                40      60       64
 *    | magic "LETOPSEG" | version (1) | segment number | store id | size of the file | 0 … 0 | crc32c |
 * </pre>
 */
final class SegmentHeader {
    static final String MAGIC = "LETOPSEG";

    private SegmentHeader() {}

    static byte[] encode(UUID storeId, int segment, long fileBytes) {
        byte[] bytes = FixedFile.begin(MAGIC, storeId);
        LittleEndian.putInt(bytes, 12, segment);
        LittleEndian.putLong(bytes, 32, fileBytes);
        return FixedFile.seal(bytes);
    }

    /** @throws StoreDamagedException if this is not the header of that segment, or its file has another size */
    static void check(byte[] bytes, UUID storeId, int segment, long fileBytes) {
        String file = SegmentName.of(segment);
        if (!FixedFile.isIntact(bytes)) {
            throw new StoreDamagedException(file, 0, "the checksum of the segment's header does not match");
        }
        if (!FixedFile.hasMagic(bytes, MAGIC) || FixedFile.version(bytes) != FixedFile.VERSION) {
            throw new StoreDamagedException(file, 0, "the file is not a segment of format version "
                    + FixedFile.VERSION);
        }
        if (!FixedFile.storeId(bytes).equals(storeId)) {
            throw new StoreDamagedException(file, 16, "the segment belongs to another store, "
                    + FixedFile.storeId(bytes));
        }
        if (LittleEndian.getInt(bytes, 12) != segment) {
            throw new StoreDamagedException(file, 12, "this is segment " + LittleEndian.getInt(bytes, 12));
        }
        long declared = LittleEndian.getLong(bytes, 32);
        if (declared != fileBytes) {
            throw new StoreDamagedException(file, Math.min(declared, fileBytes), "the file has " + fileBytes
                    + " bytes and should have " + declared);
        }
    }
}
