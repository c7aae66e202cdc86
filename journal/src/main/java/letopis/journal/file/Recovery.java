package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;

import letopis.journal.JournalMark;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of the log, and tells a block that a crash interrupted from damage.
 *
 * <p>Only one block is written at a time, and the next one only after it was forced. So where the first block is that is not
 * intact, either it was the last one written and nobody was told of it: then no intact block follows, and it may be cut off.
 * Or something that was acknowledged is lost: then an intact block follows, or the publication marker knows of it, and the
 * store is refused. Where blocks were acknowledged before they were forced, any of those may be lost, and only what was forced
 * for certain ({@link Forced}) must be there. Reading begins at the beginning, or at an end of the log that is known to be right: then damage before it
 * is found when it is read.
 */
final class Recovery {
    private final Disk disk;
    private final Segments segments;
    private final BlockScanner scanner;
    private final Optional<Publication> marker;
    private final Optional<Forced> forced;
    private final Published published;
    private final PlantedBug bug;
    private final int lastSegment;

    private boolean cleanEnd;
    /** The place of the first block that was acknowledged without a force; 0 if there is none. */
    private long firstUnforced;

    Recovery(Disk disk, Segments segments, int lastSegment, Optional<Publication> marker,
            Optional<Forced> forced, Published published, PlantedBug bug) {
        this.disk = disk;
        this.segments = segments;
        this.lastSegment = lastSegment;
        this.marker = marker;
        this.forced = forced;
        this.published = published;
        this.bug = bug;
        scanner = segments.scanner();
    }

    /** Whether the last block found is the mark of a clean end. */
    boolean cleanEnd() {
        return cleanEnd;
    }

    /** Checks the header and the size of each segment, also of those that are still empty. */
    void checkSegments() throws IOException {
        for (int segment = 1; segment <= lastSegment; segment++) {
            segments.release(segments.acquire(segment));
        }
    }

    /**
     * Begins where a mark says, if the block that it knows as the last one is there: intact, and with its number, its position
     * and its size. Else the mark is of another history, and reading begins at the first block.
     */
    void resume(JournalMark mark) throws IOException {
        int segment = Place.segment(mark.lastPlace());
        if (forced.isPresent() && mark.block() > forced.get().block()) {
            return; // what lies before it may be lost although it is there
        }
        if (mark.block() < 1 || segment < 1 || segment > lastSegment
                || !scanner.read(segment, Place.offset(mark.lastPlace()))) {
            return;
        }
        JournalEnd end = scanner.end(segment);
        boolean same = scanner.number() == mark.block() && end.position() == mark.position()
                && Place.of(segment, end.offset()) == mark.endPlace();
        if (!same && bug != PlantedBug.MARK_NOT_COMPARED) {
            return;
        }
        scanner.requireKnownKind(segment);
        cleanEnd = scanner.isCleanEnd();
        published.resume(end, mark);
    }

    /**
     * Reads blocks from the end of what is published, up to the end of the log, and publishes them.
     *
     * @param lastBlock the number of the last block to read
     * @throws StoreDamagedException if there is damage before the end
     */
    void readUpTo(long lastBlock) throws IOException {
        try (scanner) {
            while (published.end().block() < lastBlock) {
                JournalEnd end = published.end();
                if (next(end)) {
                    continue;
                }
                if (!isDamage(end)) {
                    return;
                }
                // The writer may have cut off and gone on while this read. What is damaged stays damaged.
                scanner.forget();
                segments.forgetFrom(end.segment());
                if (!next(end)) {
                    throw damage(end);
                }
            }
        }
    }

    private boolean next(JournalEnd end) throws IOException {
        if (scanner.read(end.segment(), end.offset())) {
            if (!scanner.follows(end)) {
                throw new StoreDamagedException(SegmentName.of(end.segment()), end.offset(), "block "
                        + scanner.number() + " with position " + scanner.firstPosition() + " is where block "
                        + (end.block() + 1) + " with position " + (end.position() + 1) + " should be");
            }
            publish(end);
            return true;
        }
        JournalEnd inNext = new JournalEnd(end.segment() + 1, segments.superblock().alignmentBytes(), end.block(),
                end.position());
        if (inNext.segment() <= lastSegment && scanner.read(inNext.segment(), inNext.offset())
                && scanner.follows(end)) {
            publish(inNext);
            return true;
        }
        return false;
    }

    private void publish(JournalEnd before) {
        scanner.requireKnownKind(before.segment());
        cleanEnd = scanner.isCleanEnd();
        if (forced.isPresent() && scanner.number() == forced.get().block() + 1) {
            firstUnforced = Place.of(before.segment(), before.offset());
        }
        published.advance(before, scanner.end(before.segment()), scanner.bytes());
    }

    private boolean isDamage(JournalEnd end) throws IOException {
        if (bug == PlantedBug.CUT_AT_ANY_DAMAGE) {
            return false;
        }
        if (forced.isPresent()) {
            return forced.get().block() > end.block();
        }
        if (marker.isPresent() && marker.get().end().block() > end.block()) {
            return true;
        }
        return !isKnownClosed(end) && laterBlock(end).isPresent();
    }

    /** Whether the writer said that nothing follows; then there is no need to look. */
    private boolean isKnownClosed(JournalEnd end) {
        return cleanEnd && marker.isPresent() && marker.get().closed() && marker.get().end().equals(end);
    }

    private StoreDamagedException damage(JournalEnd end) throws IOException {
        int segment = end.segment();
        long offset = end.offset();
        if (segment < lastSegment && scanner.firstNonZero(segment, offset) == scanner.segmentBytes(segment)) {
            segment++;
            offset = segments.superblock().alignmentBytes();
        }
        scanner.read(segment, offset);
        String fault = scanner.fault();
        String evidence = laterBlock(end).map(later -> "; but " + later + " follows, so it was acknowledged")
                .orElse(forced.isPresent()
                        ? "; but it was forced, as " + ForcedFile.FILE + " says"
                        : "; but it was published, as " + Publication.FILE + " says");
        return new StoreDamagedException(SegmentName.of(segment), offset,
                "block " + (end.block() + 1) + " is not there: " + fault + evidence);
    }

    /** An intact block behind an end of the log, in words. */
    private Optional<String> laterBlock(JournalEnd end) throws IOException {
        int alignment = segments.superblock().alignmentBytes();
        for (int segment = end.segment(); segment <= lastSegment; segment++) {
            long at = segment == end.segment() ? end.offset() : alignment;
            long size = scanner.segmentBytes(segment);
            for (at = nextSector(segment, at, alignment); at < size; at = nextSector(segment, at + alignment,
                    alignment)) {
                if (scanner.read(segment, at) && scanner.number() > end.block()) {
                    return Optional.of("block " + scanner.number() + " at " + at + " of " + SegmentName.of(segment));
                }
            }
        }
        return Optional.empty();
    }

    /** The next sector that is not all zeros. */
    private long nextSector(int segment, long from, int alignment) throws IOException {
        long nonZero = scanner.firstNonZero(segment, from);
        return nonZero == scanner.segmentBytes(segment) ? nonZero : nonZero & -(long) alignment;
    }

    /**
     * Makes everything behind the end of the log zero again, durably.
     *
     * @return what was cut off, if anything
     */
    Optional<TornTail> cutTail() throws IOException {
        JournalEnd end = published.end();
        if (isKnownClosed(end)) {
            return Optional.empty();
        }
        long givenUp = 0;
        long bytes = 0;
        @Nullable
        TornTail first = null;
        try (scanner) {
            givenUp = forced.isPresent() ? acknowledgedBehind(end) : 0;
            for (int segment = end.segment(); segment <= lastSegment; segment++) {
                long from = segment == end.segment() ? end.offset() : segments.superblock().alignmentBytes();
                @Nullable
                TornTail tail = zero(segment, from);
                if (tail != null) {
                    first = first == null ? tail : first;
                    bytes += tail.bytes();
                }
            }
        }
        if (first == null && givenUp == 0) {
            return Optional.empty();
        }
        return Optional.of(first == null
                ? new TornTail(SegmentName.of(end.segment()), end.offset(), 0, givenUp)
                : new TornTail(first.file(), first.offset(), bytes, givenUp));
    }

    /** How many blocks behind an end of the log were acknowledged, as far as the publication marker and later blocks tell. */
    private long acknowledgedBehind(JournalEnd end) throws IOException {
        int alignment = segments.superblock().alignmentBytes();
        long last = marker.map(publication -> publication.end().block()).orElse(0L);
        for (int segment = end.segment(); segment <= lastSegment; segment++) {
            long at = segment == end.segment() ? end.offset() : alignment;
            long size = scanner.segmentBytes(segment);
            for (at = nextSector(segment, at, alignment); at < size; at = nextSector(segment, at + alignment,
                    alignment)) {
                if (scanner.read(segment, at)) {
                    last = Math.max(last, scanner.number());
                }
            }
        }
        return Math.max(0, last - end.block());
    }

    /** Makes what was read durable: it may have been written, and not forced, when the process died. */
    void forceEnd() throws IOException {
        int last = published.end().segment();
        if (firstUnforced != 0 && marker.isPresent() && marker.get().failed()) {
            writeAgain();
        }
        for (int segment = forced.map(Forced::segment).orElse(last); segment <= last; segment++) {
            try (DiskFile file = disk.open(SegmentName.of(segment), Disk.Access.WRITE)) {
                file.force();
            }
        }
    }

    /**
     * Writes what was acknowledged without a force once more, after a force that failed: the system may take it for written,
     * and then would force nothing.
     */
    private void writeAgain() throws IOException {
        int alignment = segments.superblock().alignmentBytes();
        for (int segment = Place.segment(firstUnforced); segment <= published.end().segment(); segment++) {
            long from = segment == Place.segment(firstUnforced) ? Place.offset(firstUnforced) : alignment;
            long size = scanner.segmentBytes(segment);
            long to = segment == published.end().segment() ? published.end().offset() : size;
            try (scanner; DiskFile file = disk.open(SegmentName.of(segment), Disk.Access.WRITE)) {
                for (long at = from; at < to; at += alignment) {
                    byte[] sector = scanner.bytesAt(segment, at, alignment);
                    file.write(at, sector, 0, sector.length);
                }
            }
        }
    }

    private @Nullable TornTail zero(int segment, long from) throws IOException {
        int alignment = segments.superblock().alignmentBytes();
        long size = scanner.segmentBytes(segment);
        long first = scanner.firstNonZero(segment, from);
        if (first == size) {
            return null;
        }
        byte[] zeros = new byte[alignment];
        long last = first;
        try (DiskFile file = disk.open(SegmentName.of(segment), Disk.Access.WRITE)) {
            for (long at = first; at < size; at = scanner.firstNonZero(segment, last)) {
                long sector = at & -(long) alignment;
                file.write(sector, zeros, 0, alignment);
                last = sector + alignment;
            }
            file.force();
        }
        scanner.forget();
        return new TornTail(SegmentName.of(segment), first, last - first, 0);
    }
}
