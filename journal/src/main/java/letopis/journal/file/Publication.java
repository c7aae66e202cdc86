package letopis.journal.file;

import java.util.Optional;
import java.util.UUID;

/**
 * How far the writer has published: the 64 bytes of the file {@code letopis.published}, little-endian.
 *
 * <pre>
 *    0                  8             12     16         32        36           40      48         56  60       64
 *    | magic "LETOPUBL" | version (1) | state | store id | segment | end offset | block | position | 0 | crc32c |
 * </pre>
 *
 * State is 1 after a clean end, 2 when writing behind this end failed, and 0 otherwise. The file is rewritten in place after each block was forced, and not forced
 * itself: it is a hint that may be old, torn or missing. But what it validly says to be published was durable before.
 *
 * @param end   where the published part ends
 * @param state what became of the writer there
 */
record Publication(JournalEnd end, State state) {
    static final String FILE = "letopis.published";
    static final String MAGIC = "LETOPUBL";

    /** What became of the writer. */
    enum State {
        /** It goes on writing, or ended in the middle of it. */
        OPEN,
        /** It closed the journal, and wrote nothing since. */
        CLOSED,
        /** A write or a force failed: the system may show blocks behind this end, or parts of them, that the disk lacks. */
        FAILED
    }

    boolean closed() {
        return state == State.CLOSED;
    }

    boolean failed() {
        return state == State.FAILED;
    }

    byte[] encode(UUID storeId) {
        byte[] bytes = FixedFile.begin(MAGIC, storeId);
        LittleEndian.putInt(bytes, 12, switch (state) {
            case OPEN -> 0;
            case CLOSED -> 1;
            case FAILED -> 2;
        });
        LittleEndian.putInt(bytes, 32, end.segment());
        LittleEndian.putInt(bytes, 36, (int) end.offset());
        LittleEndian.putLong(bytes, 40, end.block());
        LittleEndian.putLong(bytes, 48, end.position());
        return FixedFile.seal(bytes);
    }

    /** What 64 bytes say; nothing if they are no marker of this store. */
    static Optional<Publication> decode(byte[] bytes, UUID storeId) {
        if (!FixedFile.hasMagic(bytes, MAGIC) || !FixedFile.isIntact(bytes)
                || FixedFile.version(bytes) != FixedFile.VERSION || !FixedFile.storeId(bytes).equals(storeId)) {
            return Optional.empty();
        }
        JournalEnd end = new JournalEnd(LittleEndian.getInt(bytes, 32), LittleEndian.getInt(bytes, 36),
                LittleEndian.getLong(bytes, 40), LittleEndian.getLong(bytes, 48));
        if (end.segment() < 1 || end.segment() > SegmentName.MAX || end.offset() < 0 || end.block() < 0
                || end.position() < 0) {
            return Optional.empty();
        }
        int state = LittleEndian.getInt(bytes, 12);
        return Optional.of(new Publication(end, switch (state) {
            case 1 -> State.CLOSED;
            case 2 -> State.FAILED;
            default -> State.OPEN;
        }));
    }
}
