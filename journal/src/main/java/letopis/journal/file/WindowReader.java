package letopis.journal.file;

import java.io.IOException;

import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;

/**
 * Reads records through a window on one segment. The window grows as long as the places asked for go on in the same
 * direction, and is small again when they jump: most of the time of a jump is that of the bytes that are read in vain. Its
 * array, at most {@value #MAX_WINDOW_BYTES} bytes unless a record is larger, is used again for each window, so that what is
 * read stays in the processor's cache until it is decoded.
 *
 * <p>A window ends where the log is published when it is read, so that it never holds bytes that are still to be written.
 */
final class WindowReader implements RecordReader {
    static final int MIN_WINDOW_BYTES = 1 << 10;
    static final int MAX_WINDOW_BYTES = 1 << 18;

    /** So few reads get from the smallest window to the largest; and ten events that stand together take two. */
    private static final int GROWTH = 4;

    private final Segments segments;
    private final Published published;
    private final PlaceChecksum checksum;

    private byte[] window = new byte[0];
    private int windowBytes;
    private int windowSegment;
    private long windowOffset;
    private int nextWindowBytes = MIN_WINDOW_BYTES;
    private long expected;
    private long lastPlace;
    private int lastAt;
    private int lastLength;
    private boolean mayMap = true;
    private boolean windowIsMapped;
    private boolean closed;

    WindowReader(Segments segments, Published published) {
        this.segments = segments;
        this.published = published;
        checksum = segments.checksum();
    }

    @Override
    public void seek(long place) throws IOException {
        if (closed) {
            throw new StoreClosedException("the reader");
        }
        try {
            find(place);
        } catch (InternalError | StoreDamagedException e) {
            if (!windowIsMapped) {
                throw e;
            }
            windowBytes = 0; // damage, or a fault of the map: a read tells which
            mayMap = false;
            try {
                find(place);
            } finally {
                mayMap = true;
            }
        }
    }

    private void find(long place) throws IOException {
        int segment = Place.segment(place);
        long offset = Place.offset(place);
        if (!holds(segment, offset, BlockFormat.RECORD_HEADER_BYTES)) {
            slide(segment, offset, place < lastPlace);
        }
        int at = (int) (offset - windowOffset);
        int length = LittleEndian.getInt(window, at);
        if (length < 0 || !holds(segment, offset, BlockFormat.RECORD_HEADER_BYTES + (long) length)) {
            loadWhole(segment, offset, length);
            at = 0;
        }
        if (!isIntact(segment, offset, at, length)) {
            throw damage(segment, offset, "the checksum of the record does not match");
        }
        lastPlace = place;
        lastAt = at;
        lastLength = length;
    }

    @Override
    public boolean next() {
        int at = lastAt + BlockFormat.RECORD_HEADER_BYTES + lastLength;
        if (closed || at > windowBytes - BlockFormat.RECORD_HEADER_BYTES) {
            return false;
        }
        int length = LittleEndian.getInt(window, at);
        if (length < 0 || length > windowBytes - at - BlockFormat.RECORD_HEADER_BYTES
                || !isIntact(windowSegment, windowOffset + at, at, length)) {
            return false;
        }
        lastPlace = Place.of(windowSegment, windowOffset + at);
        lastAt = at;
        lastLength = length;
        return true;
    }

    @Override
    public void expect(long lastExpected) {
        expected = lastExpected;
    }

    private boolean isIntact(int segment, long offset, int at, int length) {
        return LittleEndian.getInt(window, at + 4) == checksum.of(segment, offset, window, at, 4, at + 8, length + 1);
    }

    @Override
    public RecordKind kind() {
        byte code = window[lastAt + 8];
        return RecordKind.of(code)
                .orElseThrow(() -> damage(Place.segment(lastPlace), Place.offset(lastPlace),
                        "a record of kind " + code));
    }

    @Override
    public byte[] array() {
        return window;
    }

    @Override
    public int offset() {
        return lastAt + BlockFormat.RECORD_HEADER_BYTES;
    }

    @Override
    public int length() {
        return lastLength;
    }

    private boolean holds(int segment, long offset, long bytes) {
        return segment == windowSegment && offset >= windowOffset && offset + bytes <= windowOffset + windowBytes;
    }

    /** Puts the window where the place is, and where the next ones are expected. */
    private void slide(int segment, long offset, boolean backwards) throws IOException {
        long end = publishedBytes(segment);
        if (offset < FixedFile.BYTES || offset + BlockFormat.RECORD_HEADER_BYTES > end) {
            throw damage(segment, offset, "no record that was published can be here");
        }
        if (isExpected(segment, offset)) {
            load(segment, offset, Math.min(expectedBytes(segment, offset), end - offset));
            return;
        }
        boolean near = distance(segment, offset, backwards) <= nextWindowBytes;
        nextWindowBytes = near ? Math.min(GROWTH * nextWindowBytes, MAX_WINDOW_BYTES) : MIN_WINDOW_BYTES;
        long from = backwards && near ? Math.max(0, offset + MIN_WINDOW_BYTES - nextWindowBytes) : offset;
        load(segment, from, Math.min(from + nextWindowBytes, end) - from);
    }

    /** How many bytes lie between the window and an offset beyond it; without end where a whole segment does. */
    private long distance(int segment, long offset, boolean backwards) {
        if (segment == windowSegment) {
            return backwards ? windowOffset - offset : offset - windowOffset - windowBytes;
        }
        if (segment != windowSegment + (backwards ? -1 : 1)) {
            return Long.MAX_VALUE;
        }
        return backwards
                ? windowOffset + segments.bytes(segment) - offset
                : segments.bytes(windowSegment) - windowOffset - windowBytes + offset;
    }

    /** Puts the window where a record begins that it does not hold to its end. */
    private void loadWhole(int segment, long offset, int length) throws IOException {
        long end = publishedBytes(segment);
        if (length < 0 || offset + BlockFormat.RECORD_HEADER_BYTES + length > end) {
            throw damage(segment, offset, "there is no record");
        }
        long wanted;
        if (isExpected(segment, offset)) {
            wanted = expectedBytes(segment, offset);
        } else {
            nextWindowBytes = Math.min(GROWTH * nextWindowBytes, MAX_WINDOW_BYTES);
            wanted = nextWindowBytes;
        }
        load(segment, offset, Math.max(BlockFormat.RECORD_HEADER_BYTES + length, Math.min(wanted, end - offset)));
    }

    private boolean isExpected(int segment, long offset) {
        return expected >= Place.of(segment, offset);
    }

    /** Up to the last place that is expected, and as much as its record may have. */
    private long expectedBytes(int segment, long offset) {
        return Math.min(expected - Place.of(segment, offset) + MIN_WINDOW_BYTES, MAX_WINDOW_BYTES);
    }

    private void load(int segment, long from, long bytes) throws IOException {
        windowBytes = 0; // of what is read half, nothing is believed
        if (window.length < bytes || window.length > MAX_WINDOW_BYTES) {
            window = new byte[bytes > MAX_WINDOW_BYTES ? (int) bytes : powerOfTwo((int) bytes)];
        }
        Segment source = segments.acquire(segment);
        try {
            windowIsMapped = mayMap; // said before: a fault comes when it likes
            windowIsMapped = mayMap && segments.readMapped(source, from, window, (int) bytes);
            int read = windowIsMapped ? (int) bytes : segments.read(source, from, window, (int) bytes);
            if (read < bytes) {
                throw damage(segment, from + read, "the file ends here");
            }
        } finally {
            segments.release(source);
        }
        windowSegment = segment;
        windowOffset = from;
        windowBytes = (int) bytes;
        lastAt = windowBytes; // nothing here was gone to yet
        lastLength = 0;
    }

    private static int powerOfTwo(int bytes) {
        return Integer.highestOneBit(Math.max(bytes, MIN_WINDOW_BYTES) * 2 - 1);
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
        windowBytes = 0;
    }
}
