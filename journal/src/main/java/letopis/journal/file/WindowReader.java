package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;

/**
 * Reads records through a window on one segment. The window grows as long as the places asked for go on in the same
 * direction, and is small again when they jump: most of the time of a jump is that of the bytes that are read in vain. Each window has an array of its own, which is never changed: what was read
 * stays right as long as somebody holds it.
 *
 * <p>A window ends where the log is published when it is read, so that it never holds bytes that are still to be written.
 */
final class WindowReader implements RecordReader {
    static final int MIN_WINDOW_BYTES = 1 << 10;
    static final int MAX_WINDOW_BYTES = 1 << 20;

    /** So few reads get from the smallest window to the largest; and ten events that stand together take two. */
    private static final int GROWTH = 4;

    private final Segments segments;
    private final Published published;
    private final PlaceChecksum checksum;

    private byte[] window = new byte[0];
    private int windowSegment;
    private long windowOffset;
    private int nextWindowBytes = MIN_WINDOW_BYTES;
    private long lastPlace;
    private byte lastKind;
    private boolean closed;

    WindowReader(Segments segments, Published published) {
        this.segments = segments;
        this.published = published;
        checksum = segments.checksum();
    }

    @Override
    public ByteBuffer read(long place) throws IOException {
        if (closed) {
            throw new StoreClosedException("the reader");
        }
        int segment = Place.segment(place);
        long offset = Place.offset(place);
        if (!holds(segment, offset, BlockFormat.RECORD_HEADER_BYTES)) {
            slide(segment, offset, place < lastPlace);
        }
        lastPlace = place;
        int at = (int) (offset - windowOffset);
        int length = LittleEndian.getInt(window, at);
        if (length < 0 || offset + BlockFormat.RECORD_HEADER_BYTES + length > publishedBytes(segment)) {
            throw damage(segment, offset, "there is no record");
        }
        int bytes = BlockFormat.RECORD_HEADER_BYTES + length;
        if (!holds(segment, offset, bytes)) {
            nextWindowBytes = Math.min(GROWTH * nextWindowBytes, MAX_WINDOW_BYTES);
            load(segment, offset, Math.max(bytes, Math.min(nextWindowBytes, publishedBytes(segment) - offset)));
            at = 0;
        }
        if (LittleEndian.getInt(window, at + 4) != checksum.of(segment, offset, window, at, 4, at + 8, length + 1)) {
            throw damage(segment, offset, "the checksum of the record does not match");
        }
        lastKind = window[at + 8];
        return ByteBuffer.wrap(window, at + BlockFormat.RECORD_HEADER_BYTES, length);
    }

    @Override
    public RecordKind kind() {
        return RecordKind.of(lastKind)
                .orElseThrow(() -> damage(Place.segment(lastPlace), Place.offset(lastPlace),
                        "a record of kind " + lastKind));
    }

    private boolean holds(int segment, long offset, int bytes) {
        return segment == windowSegment && offset >= windowOffset && offset + bytes <= windowOffset + window.length;
    }

    /** Puts the window where the place is, and where the next ones are expected. */
    private void slide(int segment, long offset, boolean backwards) throws IOException {
        long end = publishedBytes(segment);
        if (offset < FixedFile.BYTES || offset + BlockFormat.RECORD_HEADER_BYTES > end) {
            throw damage(segment, offset, "no record that was published can be here");
        }
        boolean near = distance(segment, offset, backwards) <= nextWindowBytes;
        nextWindowBytes = near ? Math.min(GROWTH * nextWindowBytes, MAX_WINDOW_BYTES) : MIN_WINDOW_BYTES;
        long from = backwards && near ? Math.max(0, offset + MIN_WINDOW_BYTES - nextWindowBytes) : offset;
        load(segment, from, Math.min(from + nextWindowBytes, end) - from);
    }

    /** How many bytes lie between the window and an offset beyond it; without end where a whole segment does. */
    private long distance(int segment, long offset, boolean backwards) {
        if (segment == windowSegment) {
            return backwards ? windowOffset - offset : offset - windowOffset - window.length;
        }
        if (segment != windowSegment + (backwards ? -1 : 1)) {
            return Long.MAX_VALUE;
        }
        return backwards
                ? windowOffset + segments.bytes(segment) - offset
                : segments.bytes(windowSegment) - windowOffset - window.length + offset;
    }

    private void load(int segment, long from, long bytes) throws IOException {
        byte[] loaded = new byte[(int) bytes];
        Segment source = segments.acquire(segment);
        try {
            int read = segments.read(source, from, loaded, loaded.length);
            if (read < loaded.length) {
                throw damage(segment, from + read, "the file ends here");
            }
        } finally {
            segments.release(source);
        }
        window = loaded;
        windowSegment = segment;
        windowOffset = from;
    }

    /** Up to where a segment may be read now. */
    private long publishedBytes(int segment) throws IOException {
        JournalEnd end = published.end();
        if (segment == end.segment()) {
            return end.offset();
        }
        return segment > end.segment() ? 0 : segments.bytes(segment);
    }

    private static StoreDamagedException damage(int segment, long offset, String what) {
        String file = segment > 0 && segment <= SegmentName.MAX ? SegmentName.of(segment) : "segment " + segment;
        return new StoreDamagedException(file, offset, what);
    }

    @Override
    public void close() {
        closed = true;
        window = new byte[0];
    }
}
