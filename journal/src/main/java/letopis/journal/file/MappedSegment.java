package letopis.journal.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedChannelException;

import letopis.journal.disk.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * The file of a segment, mapped when it is first asked for, so that reading what the system has in memory takes no
 * call of it. Safe for any number of threads.
 *
 * <p>What was mapped is copied before anything looks at it, above all a checksum: a fault inside of the instructions for CRC
 * would end the process, while that of a copy is an {@link InternalError}, at once or a few instructions later.
 */
final class MappedSegment implements AutoCloseable {
    private final DiskFile file;
    private final long bytes;
    private volatile @Nullable MemorySegment mapped;
    private @Nullable Arena arena;
    private volatile boolean unmappable;

    MappedSegment(DiskFile file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Copies bytes out of the map.
     *
     * @return whether that went well; if not, the file is to be read, which tells what is wrong
     */
    boolean read(long offset, byte[] target, int length) throws IOException {
        MemorySegment source = mapped;
        if (source == null && !unmappable) {
            source = map();
        }
        if (source == null || offset + length > bytes) {
            return false;
        }
        try {
            MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, target, 0, length);
            return true;
        } catch (InternalError _) { // the file was cut, or the disk failed
            return false;
        } catch (IllegalStateException _) {
            throw new ClosedChannelException();
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // it is closed with the segment
    private synchronized @Nullable MemorySegment map() {
        if (mapped == null && !unmappable) {
            Arena made = Arena.ofShared();
            try {
                mapped = file.view(0, bytes, made).orElse(null);
            } catch (IOException _) {
                // it was replaced by its packed form just now, or the system gives no more maps
            }
            if (mapped == null) {
                unmappable = true;
                made.close();
            } else {
                arena = made;
            }
        }
        return mapped;
    }

    /** To be called once, when no more calls begin; one that goes on is told that the file is closed. */
    @Override
    public synchronized void close() {
        unmappable = true;
        mapped = null;
        if (arena != null) {
            arena.close();
        }
    }
}
