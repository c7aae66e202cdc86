package letopis.journal.file;

import java.io.IOException;

import letopis.journal.BlockVisitor;
import letopis.store.StoreDamagedException;

/** The intact blocks behind a place where the log is broken. */
final class Behind {
    private final BlockScanner scanner;
    private final JournalEnd end;
    private final int lastSegment;
    private final BlockVisitor visitor;

    long blocks;
    long lastPosition;

    Behind(BlockScanner scanner, JournalEnd end, int lastSegment, BlockVisitor visitor) {
        this.scanner = scanner;
        this.end = end;
        this.lastSegment = lastSegment;
        this.visitor = visitor;
    }

    void look() throws IOException {
        for (int number = end.segment(); number <= lastSegment; number++) {
            try {
                look(number);
            } catch (StoreDamagedException _) {
                // a segment of which nothing can be read
            }
        }
    }

    private void look(int number) throws IOException {
        int alignment = scanner.alignment();
        long size = scanner.segmentBytes(number);
        long at = number == end.segment() ? end.offset() : alignment;
        while (at + alignment <= size) {
            if (scanner.read(number, at)) {
                blocks++;
                lastPosition = Math.max(lastPosition, scanner.end(number).position());
                scanner.visit(number, visitor);
                at += scanner.bytes();
            } else {
                at += alignment;
                at = at < size ? scanner.firstNonZero(number, at) & -(long) alignment : size;
            }
        }
    }
}
