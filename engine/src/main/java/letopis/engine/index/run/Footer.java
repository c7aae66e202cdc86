package letopis.engine.index.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.UUID;

/**
 * The last 256 bytes of a run, little-endian. What has no use is zero.
 *
 * <pre>
 *      0  magic "LETORUN1" (8)     32  base position (8)        96  places (8)             144  bits of the partitions (4)
 *      8  version (4)              40  events (8)              104  times (8)              148  crc32c of the table (4)
 *     12  level (4)                48  streams begun (8)       112  hashes of ids (8)      152  table of checksums (8)
 *     16  store id (16)            56  streams with rules (8)  120  first position         252  crc32c of all before (4)
 *                                  64  terms of each kind           with one (8)
 *                                      (4 times 8)             128  terms by order (8)
 *                                                              136  directory (8)
 * </pre>
 *
 * @param level         how many merges deep the run was made; 0 for a memory part that was written
 * @param base          the position before the first one
 * @param placesAt      where the directory of the column of places is; likewise the others
 * @param idsFrom       the first position whose event's id is there; one beyond the last if none is
 * @param tableAt       where the pages end and the table of their checksums begins
 */
record Footer(int level, UUID storeId, long base, long events, long streamsBegun, long streamsWithRules,
        List<Long> terms,
        long placesAt, long timesAt, long idsAt, long idsFrom, long ordinalsAt, long directoryAt, int partitionBits,
        int tableChecksum, long tableAt) {
    static final int BYTES = 256;
    private static final long MAGIC = 0x31_4e55_524f_5445_4cL; // "LETORUN1"
    private static final int VERSION = 1;
    private static final int CRC_AT = BYTES - Integer.BYTES;

    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(level);
        buffer.putLong(storeId.getMostSignificantBits()).putLong(storeId.getLeastSignificantBits());
        buffer.putLong(base).putLong(events).putLong(streamsBegun).putLong(streamsWithRules);
        for (long count : terms) {
            buffer.putLong(count);
        }
        buffer.putLong(placesAt).putLong(timesAt).putLong(idsAt).putLong(idsFrom).putLong(ordinalsAt);
        buffer.putLong(directoryAt).putInt(partitionBits).putInt(tableChecksum).putLong(tableAt);
        buffer.putInt(CRC_AT, PageOutput.checksum(bytes, 0, CRC_AT));
        return bytes;
    }

    /** The checksum at the end of an encoded footer: as every page is in it by way of the table, it stands for the run. */
    static int checksum(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(CRC_AT);
    }

    /** Whether bytes are a footer that this version can read. */
    static boolean isIntact(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return PageOutput.checksum(bytes, 0, CRC_AT) == checksum(bytes) && buffer.getLong(0) == MAGIC
                && buffer.getInt(8) == VERSION;
    }

    static Footer decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(12);
        int level = buffer.getInt();
        UUID storeId = new UUID(buffer.getLong(), buffer.getLong());
        long base = buffer.getLong();
        long events = buffer.getLong();
        long begun = buffer.getLong();
        long withRules = buffer.getLong();
        List<Long> terms = List.of(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        return new Footer(level, storeId, base, events, begun, withRules, terms, buffer.getLong(), buffer.getLong(),
                buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getInt(),
                buffer.getInt(), buffer.getLong());
    }
}
