package letopis.journal.file;

import java.io.IOException;

import letopis.journal.BlockDraft;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.DiskLock;
import letopis.store.LimitExceededException;
import letopis.store.StoreClosedException;
import letopis.store.StoreFullException;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks at the end of the log: one write, one force, then the publication. The first failure is the last: after a
 * failed force nobody knows what is on the disk, and the system may call it durable the next time.
 *
 * <p>A sector of each segment is kept free for the mark of a clean end, so that closing needs no room.
 */
final class JournalWriter {
    private final Disk disk;
    private final Superblock superblock;
    private final JournalOptions options;
    private final PlantedBug bug;
    private final Published published;
    private final SegmentSupply supply;
    private final PublicationFile marker;
    private final DiskLock lock;
    private final BlockBuilder builder;

    private @Nullable DiskFile file;
    private int fileSegment;
    private JournalEnd end;
    private long segmentBytes;
    private boolean cleanEnd;
    private boolean closed;
    private @Nullable Throwable failure;

    JournalWriter(Disk disk, Segments segments, JournalOptions options, PlantedBug bug, Published published,
            PublicationFile marker, DiskLock lock, boolean cleanEnd) {
        this.disk = disk;
        superblock = segments.superblock();
        this.options = options;
        this.bug = bug;
        this.published = published;
        supply = new SegmentSupply(disk, segments, options.preparation(), bug);
        this.marker = marker;
        this.lock = lock;
        this.cleanEnd = cleanEnd;
        builder = new BlockBuilder(superblock, segments.checksum());
        end = published.end();
        segmentBytes = segments.bytes(end.segment());
    }

    synchronized BlockDraft draft(int records, long payloadBytes) throws IOException {
        ensureWritable();
        int alignment = superblock.alignmentBytes();
        long least = BlockFormat.blockBytes((long) records * BlockFormat.RECORD_HEADER_BYTES + payloadBytes, alignment);
        if (least > options.maxBlockBytes()) {
            throw new LimitExceededException("maxBlockBytes", "the size in bytes of the block for the append",
                    options.maxBlockBytes(), least);
        }
        if (end.offset() + least + alignment > segmentBytes) {
            makeRoomFor(least);
        }
        long room = segmentBytes - alignment - end.offset();
        builder.begin(end, Math.max(least, Math.min(room, options.blockBytes() & -(long) alignment)));
        return builder;
    }

    /** Goes on in the next segment; or makes this one larger, if there is nothing in it yet. */
    private void makeRoomFor(long blockBytes) throws IOException {
        int alignment = superblock.alignmentBytes();
        int segment = end.offset() == alignment ? end.segment() : end.segment() + 1;
        try {
            segmentBytes = supply.take(segment, blockBytes + 2L * alignment);
            end = new JournalEnd(segment, alignment, end.block(), end.position());
        } catch (DiskFullException e) {
            throw new StoreFullException(disk.name(), e);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    synchronized void append(BlockDraft draft) throws IOException {
        ensureWritable();
        if (draft != builder || !builder.isOpen() || builder.records() == 0) {
            throw new IllegalArgumentException("not the last draft of this journal, appended already, or empty");
        }
        write(BlockFormat.RECORDS);
        if (end.offset() > segmentBytes / 2) {
            supply.prepare(end.segment() + 1);
        }
    }

    private void write(byte kind) throws IOException {
        try {
            DiskFile target = file();
            int bytes = builder.seal(kind);
            if (bug == PlantedBug.ACKNOWLEDGE_BEFORE_FORCE) {
                target.force();
                target.write(end.offset(), builder.bytes(), 0, bytes);
            } else {
                target.write(end.offset(), builder.bytes(), 0, bytes);
                force(target);
            }
            JournalEnd next = builder.end(bytes);
            cleanEnd = kind == BlockFormat.CLEAN_END;
            marker.write(new Publication(next, cleanEnd));
            published.advance(end, next, bytes);
            end = next;
            builder.shrink(2 * options.blockBytes());
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    private void force(DiskFile target) throws IOException {
        try {
            target.force();
        } catch (IOException e) {
            if (bug != PlantedBug.RETRY_AFTER_FAILED_FORCE) {
                throw e;
            }
            target.force();
        }
    }

    private DiskFile file() throws IOException {
        @Nullable
        DiskFile current = file;
        if (current == null || fileSegment != end.segment()) {
            closeFile();
            current = disk.open(SegmentName.of(end.segment()), Disk.Access.WRITE);
            file = current;
            fileSegment = end.segment();
        }
        return current;
    }

    private void closeFile() throws IOException {
        @Nullable
        DiskFile current = file;
        file = null;
        if (current != null) {
            current.close();
        }
    }

    private void ensureWritable() throws IOException {
        if (closed) {
            throw new StoreClosedException("the journal");
        }
        if (failure != null) {
            throw new IOException("the journal takes no more blocks since a failure: " + failure, failure);
        }
    }

    /** Writes the mark of a clean end, unless there is one or writing failed, and gives everything back. */
    synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        supply.awaitEnd();
        try (lock; marker) {
            try {
                if (failure == null) {
                    endCleanly();
                }
            } finally {
                closeFile();
            }
        }
    }

    private void endCleanly() throws IOException {
        if (end.block() == 0) {
            return;
        }
        if (!cleanEnd) {
            builder.begin(end, superblock.alignmentBytes());
            write(BlockFormat.CLEAN_END);
        } else {
            marker.write(new Publication(published.end(), true));
        }
        marker.force();
    }
}
