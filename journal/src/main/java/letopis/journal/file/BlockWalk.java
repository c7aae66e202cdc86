package letopis.journal.file;

import java.io.IOException;

import letopis.journal.BlockVisitor;
import letopis.store.StoreDamagedException;

/** A walk over published blocks, in order. */
final class BlockWalk implements AutoCloseable {
    private final Published published;
    private final BlockScanner scanner;
    private JournalEnd end;

    /** @param from an end of the log to begin at */
    BlockWalk(Segments segments, Published published, JournalEnd from) {
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
        JournalEnd beginning = published.beginning(end.block() + 1);
        JournalEnd at = beginning.segment() > end.segment() ? beginning : end;
        if (!scanner.read(at.segment(), at.offset())) {
            throw new StoreDamagedException(SegmentName.of(at.segment()), at.offset(), scanner.fault());
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

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
