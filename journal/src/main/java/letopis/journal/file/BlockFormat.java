package letopis.journal.file;

/**
 * The form of a block in a segment file, little-endian. A block begins and ends at a multiple of the store's alignment, so
 * that no sector of an acknowledged block is ever written again.
 *
 * <pre>
 *    0              4      5     8       12           16       24               32        36       40  44           48
 *    | magic "LTBK" | kind | 0 0 | bytes | recordBytes | number | first position | records | events | 0 | header crc |
 *
 *    48        48 + recordBytes   bytes - 16                                bytes - 4     bytes
 *    | records | 0 … 0            | commit mark: magic "LTCM" | block number | block crc |
 *
 *    a record:
 *    0        4        8      9
 *    | length | crc32c | kind | payload of that length |
 * </pre>
 *
 * Kind of a block: 1 records, 2 clean end (no records). Bytes is the whole block, with padding and commit mark. First position
 * is the position of the block's first event or, if it has none, the one that the next event will get. All three checksums
 * are bound to their place ({@link PlaceChecksum}): the header's, at the block's offset, covers bytes 0 to 44; the block's, at
 * the block's offset, covers everything before itself; a record's, at the record's offset, covers length, kind and payload.
 */
final class BlockFormat {
    static final int MAGIC = 'L' | 'T' << 8 | 'B' << 16 | 'K' << 24;
    static final int MARK_MAGIC = 'L' | 'T' << 8 | 'C' << 16 | 'M' << 24;

    static final int HEADER_BYTES = 48;
    static final int MARK_BYTES = 16;
    static final int RECORD_HEADER_BYTES = 9;

    static final int KIND_AT = 4;
    static final int BYTES_AT = 8;
    static final int RECORD_BYTES_AT = 12;
    static final int NUMBER_AT = 16;
    static final int FIRST_POSITION_AT = 24;
    static final int RECORDS_AT = 32;
    static final int EVENTS_AT = 36;
    static final int HEADER_CRC_AT = 44;

    static final byte RECORDS = 1;
    static final byte CLEAN_END = 2;

    private BlockFormat() {}

    /** The bytes that a block takes in the file. */
    static long blockBytes(long recordBytes, int alignment) {
        return align(HEADER_BYTES + recordBytes + MARK_BYTES, alignment);
    }

    static long align(long bytes, int alignment) {
        return bytes + alignment - 1 & -(long) alignment;
    }
}
