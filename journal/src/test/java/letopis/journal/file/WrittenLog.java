package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;

/**
 * What a journal must hold: the blocks that were acknowledged, each exactly; then, perhaps, the one that was being written,
 * wholly or not at all; and nothing else. Where blocks are acknowledged before they are forced, it may hold less: the
 * first ones of them, and as many as were forced at least.
 *
 * @param durable how many blocks were forced
 */
record WrittenLog(List<WrittenBlock> acknowledged, Optional<WrittenBlock> inFlight, int durable) {
    static final WrittenLog EMPTY = new WrittenLog(List.of(), Optional.empty(), 0);

    WrittenLog with(WrittenBlock block) {
        return withUnforced(block).forced();
    }

    /** With a block that was acknowledged before it was forced. */
    WrittenLog withUnforced(WrittenBlock block) {
        List<WrittenBlock> more = new ArrayList<>(acknowledged);
        more.add(block);
        return new WrittenLog(more, Optional.empty(), durable);
    }

    /** With all that was acknowledged being there for certain. */
    WrittenLog forced() {
        return new WrittenLog(acknowledged, inFlight, acknowledged.size());
    }

    WrittenLog withInFlight(WrittenBlock block) {
        return new WrittenLog(acknowledged, Optional.of(block), durable);
    }

    WrittenLog withoutInFlight() {
        return new WrittenLog(acknowledged, Optional.empty(), durable);
    }

    /** Whether closing writes the mark of a clean end. */
    boolean closingWrites() {
        return !acknowledged.isEmpty() && !acknowledged.getLast().isCleanEnd();
    }

    /**
     * Compares with what a journal holds.
     *
     * @return what the journal holds; nothing of it is in flight any more
     * @throws AssertionError if it is not what it must be
     */
    WrittenLog check(Journal journal) throws IOException {
        long blocks = journal.lastBlock();
        int most = acknowledged.size() + (inFlight.isPresent() ? 1 : 0);
        if (blocks < durable || blocks > most) {
            throw new AssertionError("the journal has " + blocks + " blocks; " + durable + " of " + acknowledged.size()
                    + " were forced, all of them were acknowledged, and " + (most - acknowledged.size())
                    + " was being written");
        }
        WrittenLog there = blocks > acknowledged.size()
                ? with(inFlight.orElseThrow())
                : new WrittenLog(acknowledged.subList(0, (int) blocks), Optional.empty(), (int) blocks);
        Comparison comparison = new Comparison(there.acknowledged);
        long next = journal.replay(1, comparison);
        comparison.end();
        if (next != blocks + 1 || journal.lastPosition() != comparison.position) {
            throw new AssertionError("replay ended before block " + next + " at position " + comparison.position
                    + ", and the journal says " + blocks + " and " + journal.lastPosition());
        }
        return there;
    }

    /** Compares record by record. */
    private static final class Comparison implements BlockVisitor {
        private final List<WrittenBlock> expected;
        private int block;
        private int record;
        private long position;

        private Comparison(List<WrittenBlock> expected) {
            this.expected = expected;
        }

        @Override
        public void record(long number, RecordKind kind, long at, long place, ByteBuffer payload) {
            position += kind.takesPosition() ? 1 : 0;
            WrittenBlock current = expected.get(block);
            if (number != block + 1 || at != position || record >= current.kinds().size()
                    || current.kinds().get(record) != kind
                    || !payload.equals(ByteBuffer.wrap(current.payloads().get(record)))) {
                throw new AssertionError("record " + record + " of block " + number + ", " + kind + " at position " + at
                        + " with " + payload.remaining() + " bytes, is not what was written");
            }
            record++;
        }

        @Override
        public void endOfBlock(long number, long lastPosition) {
            if (number != block + 1 || record != expected.get(block).kinds().size() || lastPosition != position) {
                throw new AssertionError("block " + number + " ends after " + record + " records at " + lastPosition);
            }
            block++;
            record = 0;
        }

        private void end() {
            if (block != expected.size()) {
                throw new AssertionError("replay gave " + block + " of " + expected.size() + " blocks");
            }
        }
    }
}
