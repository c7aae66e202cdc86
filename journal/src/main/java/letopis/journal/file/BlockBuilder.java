package letopis.journal.file;

import java.util.Arrays;
import java.util.Objects;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;

/** A block in the making, for a place that is known. Its array is used again for the next block. */
final class BlockBuilder implements BlockDraft {
    private final Superblock superblock;
    private final PlaceChecksum checksum;
    private byte[] bytes = new byte[0];

    private JournalEnd after = new JournalEnd(0, 0, 0, 0);
    private long limit;
    private boolean open;
    private int at;
    private int records;
    private int events;

    BlockBuilder(Superblock superblock, PlaceChecksum checksum) {
        this.superblock = superblock;
        this.checksum = checksum;
    }

    /**
     * Begins a block.
     *
     * @param end        where it will stand, and which block and event are before it
     * @param blockLimit how many bytes it may take with header, padding and commit mark
     */
    void begin(JournalEnd end, long blockLimit) {
        after = end;
        limit = blockLimit;
        at = BlockFormat.HEADER_BYTES;
        records = 0;
        events = 0;
        open = true;
    }

    /** The block is not written. */
    void drop() {
        open = false;
    }

    @Override
    public boolean hasRoomFor(int more, long payloadBytes) {
        long recordBytes = at - BlockFormat.HEADER_BYTES + (long) more * BlockFormat.RECORD_HEADER_BYTES + payloadBytes;
        return BlockFormat.blockBytes(recordBytes, superblock.alignmentBytes()) <= limit;
    }

    @Override
    public long add(RecordKind kind, byte[] payload, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        if (!open) {
            throw new IllegalStateException("the draft was appended or dropped");
        }
        if (!hasRoomFor(1, length)) {
            throw new IllegalStateException("a record of " + length + " bytes does not fit into a block of " + limit
                    + " with " + at + " bytes in it");
        }
        ensure(at + BlockFormat.RECORD_HEADER_BYTES + length);
        LittleEndian.putInt(bytes, at, length);
        bytes[at + 8] = kind.code();
        System.arraycopy(payload, offset, bytes, at + BlockFormat.RECORD_HEADER_BYTES, length);
        LittleEndian.putInt(bytes, at + 4,
                checksum.of(after.segment(), after.offset() + at, bytes, at, 4, at + 8, length + 1));
        long place = Place.of(after.segment(), after.offset() + at);
        at += BlockFormat.RECORD_HEADER_BYTES + length;
        records++;
        events += kind.takesPosition() ? 1 : 0;
        return place;
    }

    @Override
    public int records() {
        return records;
    }

    /** The block can be given no more records; returns how many bytes of {@link #bytes} it takes. */
    int seal(byte kind) {
        open = false;
        int recordBytes = at - BlockFormat.HEADER_BYTES;
        int total = (int) BlockFormat.blockBytes(recordBytes, superblock.alignmentBytes());
        ensure(total);
        Arrays.fill(bytes, at, total - BlockFormat.MARK_BYTES, (byte) 0);
        Arrays.fill(bytes, 0, BlockFormat.HEADER_BYTES, (byte) 0);
        LittleEndian.putInt(bytes, 0, BlockFormat.MAGIC);
        bytes[BlockFormat.KIND_AT] = kind;
        LittleEndian.putInt(bytes, BlockFormat.BYTES_AT, total);
        LittleEndian.putInt(bytes, BlockFormat.RECORD_BYTES_AT, recordBytes);
        LittleEndian.putLong(bytes, BlockFormat.NUMBER_AT, after.block() + 1);
        LittleEndian.putLong(bytes, BlockFormat.FIRST_POSITION_AT, after.position() + 1);
        LittleEndian.putInt(bytes, BlockFormat.RECORDS_AT, records);
        LittleEndian.putInt(bytes, BlockFormat.EVENTS_AT, events);
        LittleEndian.putInt(bytes, BlockFormat.HEADER_CRC_AT,
                checksum.of(after.segment(), after.offset(), bytes, 0, BlockFormat.HEADER_CRC_AT));
        int mark = total - BlockFormat.MARK_BYTES;
        LittleEndian.putInt(bytes, mark, BlockFormat.MARK_MAGIC);
        LittleEndian.putLong(bytes, mark + 4, after.block() + 1);
        LittleEndian.putInt(bytes, mark + 12,
                checksum.of(after.segment(), after.offset(), bytes, 0, total - 4));
        return total;
    }

    boolean isOpen() {
        return open;
    }

    /** The sealed block. */
    byte[] bytes() {
        return bytes;
    }

    /** The end of the log once the sealed block is published. */
    JournalEnd end(int total) {
        return new JournalEnd(after.segment(), after.offset() + total, after.block() + 1, after.position() + events);
    }

    /** Gives the array up if it grew beyond what is common. */
    void shrink(int commonBytes) {
        if (bytes.length > commonBytes) {
            bytes = new byte[0];
        }
    }

    private void ensure(int length) {
        if (bytes.length < length) {
            long doubled = Math.min(Math.max(length, 2L * bytes.length), Math.max(length, limit));
            bytes = Arrays.copyOf(bytes, (int) doubled);
        }
    }
}
