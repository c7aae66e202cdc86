package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;

import letopis.journal.BlockVisitor;
import letopis.journal.disk.DiskFile;

/**
 * A log up to some record: all blocks that lie before it as a whole, and of the block in which it is what comes before it.
 *
 * @param whole where the whole blocks end
 * @param rest  what is left of the next block, made anew; nothing if that is nothing
 */
record LogCut(JournalEnd whole, Optional<SealedBlock> rest) {
    /** A block that was made anew. */
    static final class SealedBlock {
        private final JournalEnd begin;
        private final JournalEnd end;
        private final byte[] bytes;

        private SealedBlock(JournalEnd begin, JournalEnd end, byte[] bytes) {
            this.begin = begin;
            this.end = end;
            this.bytes = bytes;
        }

        /** Where it begins, behind which block. */
        JournalEnd begin() {
            return begin;
        }

        /** Where it ends. */
        JournalEnd end() {
            return end;
        }

        /** Writes it to its place in a segment. */
        void writeTo(DiskFile segment) throws IOException {
            segment.write(begin.offset(), bytes, 0, (int) (end.offset() - begin.offset()));
        }
    }

    /** Where the log ends that is cut. */
    JournalEnd end() {
        return rest.map(SealedBlock::end).orElse(whole);
    }

    /** @param before the place of the first record that is left out */
    static LogCut of(FileJournal journal, long before) throws IOException {
        JournalEnd whole = new JournalEnd(1, journal.segments().superblock().alignmentBytes(), 0, 0);
        try (BlockWalk walk = journal.walk(whole)) {
            while (walk.end().block() < journal.lastBlock()) {
                boolean[] reached = new boolean[1];
                walk.next(1, (_, _, _, place, _) -> reached[0] |= place >= before);
                if (reached[0]) {
                    return new LogCut(whole, rest(journal, whole, before));
                }
                whole = walk.end();
            }
        }
        return new LogCut(whole, Optional.empty());
    }

    private static Optional<SealedBlock> rest(FileJournal journal, JournalEnd whole, long before) throws IOException {
        Segments segments = journal.segments();
        BlockBuilder builder = new BlockBuilder(segments.superblock(), segments.checksum());
        try (BlockWalk walk = journal.walk(whole)) {
            JournalEnd begin = journal.nextBlock(whole);
            builder.begin(begin, Integer.MAX_VALUE);
            BlockVisitor kept = (_, kind, _, place, payload) -> {
                if (place < before) {
                    byte[] bytes = new byte[payload.remaining()];
                    payload.get(bytes);
                    builder.add(kind, bytes, 0, bytes.length);
                }
            };
            walk.next(1, kept);
            if (builder.records() == 0) {
                return Optional.empty();
            }
            int length = builder.seal(BlockFormat.RECORDS);
            return Optional.of(new SealedBlock(begin, builder.end(length), builder.bytes()));
        }
    }
}
