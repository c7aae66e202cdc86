package letopis.journal.file;

import java.util.UUID;

import letopis.store.StoreDamagedException;

/**
 * The form of a packed segment, {@code 00000001.packed}, little-endian: the same bytes as in the segment's file, its logical
 * bytes, in chunks of 32 KiB of which each is stored in its shortest form ({@link PackedChunk}).
 *
 * <pre>
 *    0                  8             12        16         32              40                  48            52      60       64
 *    | magic "LETOPACK" | version (1) | segment | store id | logical bytes | directory offset  | chunk bytes | 0 … 0 | crc32c |
 *
 *    64
 *    | chunk 0 | chunk 1 | …                           one after the other, without gaps
 *
 *    directory: for each chunk                         and then the checksum of the directory before it
 *    0              4      5       8        12         0        4
 *    | stored bytes | form | 0 0 0 | crc32c |          | crc32c |
 * </pre>
 *
 * The header's checksum is a plain one; the others are bound to their place ({@link PlaceChecksum}): that of a chunk, of its
 * stored bytes, to its offset among the logical bytes, and that of the directory to its offset in the file. The file ends
 * behind the directory.
 */
final class PackedFormat {
    static final String MAGIC = "LETOPACK";
    static final int CHUNK_BYTES = 32 << 10;
    static final int ENTRY_BYTES = 12;
    static final int DIRECTORY_CRC_BYTES = 4;

    private PackedFormat() {}

    /** What the header says. */
    record Header(long logicalBytes, long directoryOffset) {
        int chunks() {
            return (int) Math.ceilDiv(logicalBytes, CHUNK_BYTES);
        }

        int directoryBytes() {
            return chunks() * ENTRY_BYTES + DIRECTORY_CRC_BYTES;
        }

        int chunkBytes(int chunk) {
            return (int) Math.min(CHUNK_BYTES, logicalBytes - (long) chunk * CHUNK_BYTES);
        }
    }

    static byte[] encode(UUID storeId, int segment, Header header) {
        byte[] bytes = FixedFile.begin(MAGIC, storeId);
        LittleEndian.putInt(bytes, 12, segment);
        LittleEndian.putLong(bytes, 32, header.logicalBytes());
        LittleEndian.putLong(bytes, 40, header.directoryOffset());
        LittleEndian.putInt(bytes, 48, CHUNK_BYTES);
        return FixedFile.seal(bytes);
    }

    /** @throws StoreDamagedException if this is not the header of that segment, or its file has another size */
    static Header decode(byte[] bytes, UUID storeId, int segment, long fileBytes) {
        String file = SegmentName.packed(segment);
        if (!FixedFile.isIntact(bytes)) {
            throw new StoreDamagedException(file, 0, "the checksum of the packed segment's header does not match");
        }
        if (!FixedFile.hasMagic(bytes, MAGIC) || FixedFile.version(bytes) != FixedFile.VERSION
                || LittleEndian.getInt(bytes, 48) != CHUNK_BYTES) {
            throw new StoreDamagedException(file, 0, "the file is not a packed segment of format version "
                    + FixedFile.VERSION);
        }
        if (!FixedFile.storeId(bytes).equals(storeId)) {
            throw new StoreDamagedException(file, 16, "the segment belongs to another store, "
                    + FixedFile.storeId(bytes));
        }
        if (LittleEndian.getInt(bytes, 12) != segment) {
            throw new StoreDamagedException(file, 12, "this is segment " + LittleEndian.getInt(bytes, 12));
        }
        Header header = new Header(LittleEndian.getLong(bytes, 32), LittleEndian.getLong(bytes, 40));
        boolean possible = header.logicalBytes > 0 && header.logicalBytes <= 1L << 32 && header.directoryOffset > 0;
        if (!possible || header.directoryOffset + header.directoryBytes() != fileBytes) {
            throw new StoreDamagedException(file, Math.min(fileBytes, Math.max(0, header.directoryOffset)),
                    "the file has " + fileBytes + " bytes, and its header says otherwise");
        }
        return header;
    }
}
