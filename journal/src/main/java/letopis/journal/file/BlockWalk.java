package letopis.journal.file;

import java.io.IOException;

import letopis.journal.BlockVisitor;
import letopis.store.StoreDamagedException;

/** A walk over published blocks, in order. */
final class BlockWalk implements AutoCloseable {
    private final Segments segments;
    private final Published published;
    private final BlockScanner scanner;
    private JournalEnd end;

    /** @param from an end of the log to begin at */
    BlockWalk(Segments segments, Published published, JournalEnd from) {
        this.segments = segments;
        this.published = published;
        scanner = segments.scanner();
        end = from;
    }

    /** Behind the block that was visited last. */
    JournalEnd end() {
        return end;
    }

    /** Goes over the next block, and visits its records unless it is before the first one wanted. */
    void next(long firstWanted, BlockVisitor visitor) throws IOException {
        JournalEnd at = published.nextBlock(end);
        if (!scanner.read(at.segment(), at.offset())) {
            at = inNextSegment(at);
        }
        if (!scanner.follows(at)) {
            throw new StoreDamagedException(SegmentName.of(at.segment()), at.offset(),
                    "block " + scanner.number() + " is where block " + (at.block() + 1) + " should be");
        }
        if (scanner.number() >= firstWanted) {
            scanner.visit(at.segment(), visitor);
        }
        end = scanner.end(at.segment());
    }

    /**
     * Reads the first block of the next segment, where the block that follows is not in this one. Segments before the mark
     * that the log was opened from were not looked at then.
     */
    private JournalEnd inNextSegment(JournalEnd at) throws IOException {
        StoreDamagedException damage = new StoreDamagedException(SegmentName.of(at.segment()), at.offset(),
                scanner.fault());
        boolean restIsEmpty = scanner.firstNonZero(at.segment(), at.offset()) == scanner.segmentBytes(at.segment());
        if (!restIsEmpty || at.segment() == published.end().segment()) {
            throw damage;
        }
        JournalEnd inNext = new JournalEnd(at.segment() + 1, segments.superblock().alignmentBytes(), at.block(),
                at.position());
        if (!scanner.read(inNext.segment(), inNext.offset())) {
            throw new StoreDamagedException(SegmentName.of(inNext.segment()), inNext.offset(), scanner.fault());
        }
        return inNext;
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
