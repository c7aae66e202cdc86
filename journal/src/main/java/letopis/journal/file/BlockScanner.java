package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import letopis.journal.BlockVisitor;
import letopis.journal.RecordKind;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole blocks and checks them, in the order of the log or at any place. For one thread. What was read ahead is
 * believed until {@link #forget}.
 */
final class BlockScanner implements AutoCloseable {
    private static final int READ_BYTES = 256 << 10;
    private static final byte[] ZEROS = new byte[READ_BYTES];

    private final String store;
    private final Segments segments;
    private final int alignment;
    private final PlaceChecksum checksum;
    private final boolean checksMark;

    private @Nullable Segment segment;
    private byte[] buffer = new byte[0];
    private long windowOffset;
    private int windowBytes;

    private long offset;
    private int start;
    private String fault = "";

    BlockScanner(String store, Segments segments, PlantedBug bug) {
        this.store = store;
        this.segments = segments;
        alignment = segments.superblock().alignmentBytes();
        checksum = segments.checksum();
        checksMark = bug != PlantedBug.NO_COMMIT_MARK_CHECK;
    }

    int alignment() {
        return alignment;
    }

    /** The size of a segment's file. */
    long segmentBytes(int number) throws IOException {
        return at(number).bytes();
    }

    /** Reads the block at a place. Whether it is there and intact; if not, {@link #fault} says what is wrong. */
    boolean read(int number, long blockOffset) throws IOException {
        Segment in = at(number);
        offset = blockOffset;
        if (blockOffset + alignment > in.bytes()) {
            return fails("the segment ends here");
        }
        if (!load(in, blockOffset, alignment)) {
            return fails("the file ends in the middle of a block");
        }
        if (LittleEndian.getInt(buffer, start) != BlockFormat.MAGIC) {
            return fails("no block begins here");
        }
        if (LittleEndian.getInt(buffer, start + BlockFormat.HEADER_CRC_AT) != checksum.of(number, blockOffset, buffer,
                start, BlockFormat.HEADER_CRC_AT)) {
            return fails("the checksum of the block's header does not match");
        }
        if (bytes() < alignment || bytes() % alignment != 0 || blockOffset + bytes() > in.bytes()
                || recordBytes() < 0
                || bytes() != BlockFormat.blockBytes(recordBytes(), alignment)) {
            return fails("the block's header gives it " + bytes() + " bytes with " + recordBytes()
                    + " bytes of records");
        }
        if (!load(in, blockOffset, bytes())) {
            return fails("the file ends in the middle of a block");
        }
        return !checksMark || isCommitted(number, blockOffset);
    }

    private boolean isCommitted(int number, long blockOffset) {
        int mark = start + bytes() - BlockFormat.MARK_BYTES;
        if (LittleEndian.getInt(buffer, mark) != BlockFormat.MARK_MAGIC
                || LittleEndian.getLong(buffer, mark + 4) != number()) {
            return fails("the block has no commit mark");
        }
        if (LittleEndian.getInt(buffer, mark + 12) != checksum.of(number, blockOffset, buffer, start, bytes() - 4)) {
            return fails("the checksum of the block does not match");
        }
        return true;
    }

    private boolean fails(String what) {
        fault = what;
        return false;
    }

    /** What was wrong with the last block that could not be read. */
    String fault() {
        return fault;
    }

    int bytes() {
        return LittleEndian.getInt(buffer, start + BlockFormat.BYTES_AT);
    }

    long number() {
        return LittleEndian.getLong(buffer, start + BlockFormat.NUMBER_AT);
    }

    long firstPosition() {
        return LittleEndian.getLong(buffer, start + BlockFormat.FIRST_POSITION_AT);
    }

    int events() {
        return LittleEndian.getInt(buffer, start + BlockFormat.EVENTS_AT);
    }

    int records() {
        return LittleEndian.getInt(buffer, start + BlockFormat.RECORDS_AT);
    }

    boolean isCleanEnd() {
        return buffer[start + BlockFormat.KIND_AT] == BlockFormat.CLEAN_END;
    }

    int recordBytes() {
        return LittleEndian.getInt(buffer, start + BlockFormat.RECORD_BYTES_AT);
    }

    /** Whether the block that was read is the one that follows an end of the log. */
    boolean follows(JournalEnd end) {
        return number() == end.block() + 1 && firstPosition() == end.position() + 1;
    }

    /** The end of the log behind the block that was read. */
    JournalEnd end(int number) {
        return new JournalEnd(number, offset + bytes(), number(), firstPosition() + events() - 1);
    }

    /** Hands the records of the block that was read to a visitor. */
    void visit(int number, BlockVisitor visitor) {
        requireKnownKind(number);
        int at = start + BlockFormat.HEADER_BYTES;
        int end = at + recordBytes();
        long position = firstPosition() - 1;
        int seen = 0;
        while (at < end) {
            int length = end - at < BlockFormat.RECORD_HEADER_BYTES ? -1 : LittleEndian.getInt(buffer, at);
            if (length < 0 || length > end - at - BlockFormat.RECORD_HEADER_BYTES) {
                throw damage(number, at, "a record is longer than its block");
            }
            byte code = buffer[at + 8];
            RecordKind recordKind = RecordKind.of(code).orElseThrow(() -> newer("a record of kind " + code, number));
            position += recordKind.takesPosition() ? 1 : 0;
            visitor.record(number(), recordKind, position, Place.of(number, offset + (at - start)),
                    ByteBuffer.wrap(buffer, at + BlockFormat.RECORD_HEADER_BYTES, length).slice().asReadOnlyBuffer());
            at += BlockFormat.RECORD_HEADER_BYTES + length;
            seen++;
        }
        if (seen != records() || position != firstPosition() - 1 + events()) {
            throw damage(number, start, "the block has " + seen + " records and "
                    + (position + 1 - firstPosition()) + " events, and its header says " + records() + " and "
                    + events());
        }
        visitor.endOfBlock(number(), position);
    }

    boolean isKnownKind() {
        int kind = buffer[start + BlockFormat.KIND_AT];
        return kind == BlockFormat.RECORDS || kind == BlockFormat.CLEAN_END;
    }

    /** A copy of the block that was read. */
    byte[] block() {
        return Arrays.copyOfRange(buffer, start, start + bytes());
    }

    /** A copy of some bytes of a segment; fewer at the end of the file. */
    byte[] bytesAt(int number, long from, int length) throws IOException {
        Segment in = at(number);
        int there = (int) Math.min(length, in.bytes() - from);
        return load(in, from, there) ? Arrays.copyOfRange(buffer, start, start + there) : new byte[0];
    }

    /** @throws StoreUnusableException if the block that was read is of a kind that a newer version brought */
    void requireKnownKind(int number) {
        if (!isKnownKind()) {
            throw newer("a block of kind " + buffer[start + BlockFormat.KIND_AT], number);
        }
    }

    private StoreDamagedException damage(int number, int at, String what) {
        return new StoreDamagedException(SegmentName.of(number), offset + (at - start), what);
    }

    private StoreUnusableException newer(String what, int number) {
        return new StoreUnusableException(StoreUnusableException.Reason.NEWER_FORMAT, store, SegmentName.of(number)
                + " has " + what + " in the block at " + offset + ", which this Letopis does not know");
    }

    /** No longer believes what was read ahead, nor that the files are the same. */
    void forget() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        windowBytes = 0;
        if (segment != null) {
            Segment released = segment;
            segment = null;
            segments.release(released);
        }
    }

    private Segment at(int number) throws IOException {
        if (segment == null || segment.number() != number) {
            close();
            segment = segments.acquire(number);
        }
        return segment;
    }

    /** Has so many bytes from an offset on in the buffer, at {@code start}. */
    private boolean load(Segment in, long from, int length) throws IOException {
        if (from < windowOffset || from + length > windowOffset + windowBytes) {
            int wanted = (int) Math.min(Math.max(length, READ_BYTES), in.bytes() - from);
            if (buffer.length < wanted) {
                buffer = new byte[wanted];
            }
            windowBytes = 0;
            int read = segments.read(in, from, buffer, wanted);
            windowOffset = from;
            windowBytes = read;
            if (read < length) {
                return false;
            }
        }
        start = (int) (from - windowOffset);
        return true;
    }

    /**
     * Looks for something that is not zero, from an offset on.
     *
     * @return the offset of the first byte that is not zero, or the size of the segment
     */
    long firstNonZero(int number, long from) throws IOException {
        Segment in = at(number);
        long at = from;
        while (at < in.bytes()) {
            if (!load(in, at, 1)) {
                return at;
            }
            int chunk = Math.min(windowBytes - start, ZEROS.length);
            int different = Arrays.mismatch(buffer, start, start + chunk, ZEROS, 0, chunk);
            if (different >= 0) {
                return at + different;
            }
            at += chunk;
        }
        return in.bytes();
    }
}
