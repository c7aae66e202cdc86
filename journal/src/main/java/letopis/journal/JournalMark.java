package letopis.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An end of the log that somebody remembered, so that the log can be read on from there: see {@link Journal#mark}.
 *
 * @param block     the number of the last block before it, or 0
 * @param position  the position of the last event before it, or 0
 * @param lastPlace the place of that block
 * @param endPlace  the place of the first byte behind it
 * @param usedBytes bytes taken by all blocks before it
 */
public record JournalMark(long block, long position, long lastPlace, long endPlace, long usedBytes) {
    /** How many bytes {@link #encode} makes. */
    public static final int BYTES = 40;

    /** Its five numbers in order, little-endian, eight bytes each; without a checksum. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(block)
                .putLong(position)
                .putLong(lastPlace)
                .putLong(endPlace)
                .putLong(usedBytes)
                .array();
    }

    /** What {@link #encode} made, at an offset of some bytes. Whether it is true is for the journal to find out. */
    public static JournalMark decode(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new JournalMark(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(),
                buffer.getLong());
    }
}
