package letopis.journal.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/** Reads the segments one after the other, and goes on behind what is damaged. */
final class LogVerification {
    private final Segments segments;
    private final BlockScanner scanner;
    private final BlockCheck blockCheck;
    private final int lastSegment;
    private final Optional<Publication> marker;
    private final Optional<Forced> forced;
    private final boolean besideWriter;
    private final JournalVerification.Faults faults;

    private JournalEnd end;
    private boolean expected = true;
    private @Nullable JournalFault open;
    private long openBytes;
    private long blocks;
    private long records;
    private long bytes;
    private boolean sawPublished;
    private boolean lostInPowerCut;

    LogVerification(Segments segments, int lastSegment, Optional<Publication> marker, Optional<Forced> forced,
            boolean besideWriter, JournalVerification.Faults faults) {
        this.segments = segments;
        this.lastSegment = lastSegment;
        this.marker = marker;
        this.forced = forced;
        this.besideWriter = besideWriter;
        this.faults = faults;
        scanner = segments.scanner();
        blockCheck = new BlockCheck(segments.checksum(), faults);
        end = new JournalEnd(1, segments.superblock().alignmentBytes(), 0, 0);
    }

    long blocks() {
        return blocks;
    }

    long records() {
        return records;
    }

    long lastPosition() {
        return end.position();
    }

    long bytes() {
        return bytes;
    }

    Optional<TornTail> tornTail() {
        return open == null
                ? Optional.empty()
                : Optional.of(new TornTail(open.file(), open.offset(), openBytes, 0));
    }

    void run(JournalVerification.Progress progress) throws IOException {
        long total = totalBytes();
        try (scanner) {
            for (int number = 1; number <= lastSegment && !isDone(); number++) {
                try {
                    segment(number);
                } catch (StoreDamagedException e) {
                    settle("");
                    faults.add(e.place(), e.offset(), e.damage());
                    expected = false;
                } catch (IOException e) {
                    settle("");
                    faults.add(SegmentName.of(number), 0, "the file cannot be read: " + e.getMessage());
                    expected = false;
                }
                bytes += segments.bytes(number);
                progress.at(bytes, total);
            }
        }
        compareWithMarker();
    }

    private long totalBytes() throws IOException {
        long total = 0;
        for (int number = 1; number <= lastSegment; number++) {
            try {
                Segment segment = segments.acquire(number);
                total += segment.bytes();
                segments.release(segment);
            } catch (StoreDamagedException e) {
                // It is missing; said when it is its turn.
            }
        }
        return total;
    }

    /** Beside a writer, whether all that it had published was read; and whether the rest is to be given up. */
    private boolean isDone() {
        return lostInPowerCut
                || (besideWriter && marker.isPresent() && end.block() >= marker.get().end().block());
    }

    private void segment(int number) throws IOException {
        if (!formIsRight(number)) {
            settle("");
            expected = false;
            return;
        }
        boolean headerIsRight = header(number);
        blocks(number);
        if (!headerIsRight) {
            expected = false; // what is missing in a segment that is not as it should be is no fault of the next one
        }
    }

    private void blocks(int number) throws IOException {
        int alignment = segments.superblock().alignmentBytes();
        long size = scanner.segmentBytes(number);
        long at = alignment;
        while (at < size && !isDone()) {
            if (scanner.read(number, at)) {
                block(number, at);
                at += scanner.bytes();
                continue;
            }
            String fault = scanner.fault();
            long nonZero = scanner.firstNonZero(number, at);
            if (nonZero == size) {
                return;
            }
            long next = nextBlock(number, nonZero, size);
            suspect(number, at, next - at, fault);
            at = next;
        }
    }

    private boolean formIsRight(int number) throws IOException {
        Segment segment = segments.acquire(number);
        try {
            return segment.verifyForm(faults);
        } finally {
            segments.release(segment);
        }
    }

    private boolean header(int number) throws IOException {
        byte[] header = scanner.bytesAt(number, 0, segments.superblock().alignmentBytes());
        boolean right = true;
        try {
            SegmentHeader.check(Arrays.copyOf(header, FixedFile.BYTES), segments.superblock().storeId(), number,
                    scanner.segmentBytes(number));
        } catch (StoreDamagedException e) {
            faults.add(e.place(), e.offset(), e.damage());
            right = false;
        }
        for (int i = FixedFile.BYTES; i < header.length; i++) {
            if (header[i] != 0) {
                faults.add(SegmentName.of(number), i, "the padding of the segment's header is not zero");
                return false;
            }
        }
        return right;
    }

    private long nextBlock(int number, long from, long size) throws IOException {
        int alignment = segments.superblock().alignmentBytes();
        long at = from & -(long) alignment;
        while (at < size && !scanner.read(number, at)) {
            at = at + alignment >= size ? size : scanner.firstNonZero(number, at + alignment) & -(long) alignment;
        }
        return Math.min(at, size);
    }

    /** Something that is not an intact block: damage if an intact block follows, else what a crash left. */
    private void suspect(int number, long offset, long length, String fault) {
        if (open == null) {
            open = new JournalFault(SegmentName.of(number), offset, fault);
            openBytes = length;
        } else {
            faults.add(SegmentName.of(number), offset, fault);
        }
    }

    private void settle(String evidence) {
        if (open != null) {
            faults.add(open.file(), open.offset(), open.damage() + evidence);
            open = null;
            expected = false;
        }
    }

    /** Whether what is not intact was acknowledged before it was forced, so that a power cut may have taken it. */
    private boolean mayBeLost() {
        return forced.isPresent() && expected && end.block() >= forced.get().block();
    }

    private void block(int number, long at) {
        if (open != null && mayBeLost()) {
            lostInPowerCut = true;
            return;
        }
        settle("; block " + scanner.number() + " follows at " + at + " of " + SegmentName.of(number));
        if (!scanner.follows(end)) {
            if (expected || scanner.number() <= end.block() || scanner.firstPosition() <= end.position()) {
                outOfOrder(number, at);
            }
        }
        expected = true;
        records += blockCheck.run(scanner, number, at);
        end = scanner.end(number);
        blocks++;
        marker.ifPresent(publication -> {
            if (publication.end().block() == end.block()) {
                sawPublished = true;
                if (!publication.end().equals(end)) {
                    faults.add(Publication.FILE, 32, "block " + end.block() + " ends at " + end.offset() + " of "
                            + SegmentName.of(end.segment()) + " with position " + end.position()
                            + ", and the file says otherwise");
                }
            }
        });
    }

    /** An intact block that does not follow the one before; where it begins its segment, what is missing ended the one before. */
    private void outOfOrder(int number, long at) {
        String missing = "block " + (end.block() + 1) + " with position " + (end.position() + 1);
        String found = "block " + scanner.number() + " with position " + scanner.firstPosition();
        if (scanner.number() > end.block() && number == end.segment() + 1
                && at == segments.superblock().alignmentBytes()) {
            faults.add(SegmentName.of(end.segment()), end.offset(), missing + " should be here; " + found
                    + " follows at " + at + " of " + SegmentName.of(number));
        } else {
            faults.add(SegmentName.of(number), at, found + " is where " + missing + " should be");
        }
    }

    private void compareWithMarker() {
        if (marker.isPresent() && marker.get().end().block() > 0 && !sawPublished && !mayBeLost()) {
            JournalEnd published = marker.get().end();
            String evidence = "; but block " + published.block() + " was published, as " + Publication.FILE + " says";
            if (end.block() >= published.block()) {
                return;
            }
            if (open != null) {
                settle(evidence);
            } else {
                faults.add(SegmentName.of(published.segment()), published.offset(), "block " + published.block()
                        + " should end here" + evidence);
            }
        }
    }
}
