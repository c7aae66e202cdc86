package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;

/** Writes a segment as it would be if the writer had stopped at some end of the log: the rest of it is zeros. */
final class SegmentCut {
    private static final int CHUNK_BYTES = 1 << 20;

    private SegmentCut() {}

    /**
     * Writes the segment of an end, under a name that does not count yet, and forces it.
     *
     * @param end  where the log ends that is kept as it is
     * @param rest a block to put behind it
     */
    static void write(Segments segments, JournalEnd end, Optional<LogCut.SealedBlock> rest, Disk target)
            throws IOException {
        int number = rest.map(it -> it.begin().segment()).orElse(end.segment());
        long kept = number == end.segment() ? end.offset() : segments.superblock().alignmentBytes();
        String unfinished = SegmentName.of(number) + SegmentSupply.UNFINISHED;
        target.delete(unfinished);
        Segment segment = segments.acquire(number);
        try (DiskFile to = target.open(unfinished, Disk.Access.CREATE)) {
            int alignment = segments.superblock().alignmentBytes();
            long bytes = Math.ceilDiv(segment.bytes(), alignment) * alignment;
            copy(segments, segment, kept, to);
            to.write(0, SegmentHeader.encode(segments.superblock().storeId(), number, bytes), 0, FixedFile.BYTES);
            if (rest.isPresent()) {
                rest.get().writeTo(to);
            }
            if (to.size() < bytes) {
                to.write(bytes - 1, new byte[1], 0, 1);
            }
            to.force();
        } finally {
            segments.release(segment);
        }
    }

    private static void copy(Segments segments, Segment from, long upTo, DiskFile to) throws IOException {
        byte[] buffer = new byte[CHUNK_BYTES];
        for (long at = 0; at < upTo; at += buffer.length) {
            int length = (int) Math.min(buffer.length, upTo - at);
            if (segments.read(from, at, buffer, length) < length) {
                throw new IOException(SegmentName.of(from.number()) + " is shorter than it was");
            }
            to.write(at, buffer, 0, length);
        }
    }
}
