package letopis.journal.file;

import java.io.IOException;

import letopis.journal.BlockDraft;
import letopis.journal.BlockWrite;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.DiskLock;
import letopis.store.LimitExceededException;
import letopis.store.StoreClosedException;
import letopis.store.StoreFullException;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks at the end of the log: one write, one force, then the publication; with weaker durability the force comes
 * later ({@link LateForce}). The first failure is the last: after a
 * failed force nobody knows what is on the disk, and the system may call it durable the next time.
 *
 * <p>Of two threads one makes the next block while the other one writes the block before: the monitor guards what both know, and
 * is not held while the disk works.
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
    private final Packing packing;
    private final PublicationFile marker;
    private final DiskLock lock;
    /** For the block that is written, and the next one. */
    private BlockBuilder builder;
    private BlockBuilder otherBuilder;
    /** Forces what was acknowledged already; none where each block is forced before. */
    private final @Nullable LateForce late;

    private @Nullable DiskFile file;
    private int fileSegment;
    /** Where the next block begins: behind the one that is written now. */
    private JournalEnd end;
    private long segmentBytes;
    private boolean cleanEnd;
    private boolean closed;
    private boolean writing;
    private @Nullable Throwable failure;

    /** A block that is complete, and what it makes of the end of the log. */
    private record Sealed(BlockBuilder builder, byte kind, int bytes, JournalEnd before, JournalEnd after) {}

    JournalWriter(Disk disk, Segments segments, JournalOptions options, PlantedBug bug, Published published,
            PublicationFile marker, DiskLock lock, boolean cleanEnd, @Nullable LateForce late) {
        this.disk = disk;
        superblock = segments.superblock();
        this.options = options;
        this.bug = bug;
        this.published = published;
        supply = new SegmentSupply(disk, segments, options.preparation(), bug);
        packing = new Packing(new SegmentPacking(disk, segments, bug), this::sealedSegments, options.compression(),
                options.preparation(), this::namesLost);
        this.marker = marker;
        this.lock = lock;
        this.cleanEnd = cleanEnd;
        this.late = late;
        builder = new BlockBuilder(superblock, segments.checksum());
        otherBuilder = new BlockBuilder(superblock, segments.checksum());
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

    synchronized BlockWrite seal(BlockDraft draft) throws IOException {
        ensureWritable();
        if (draft != builder || !builder.isOpen() || builder.records() == 0) {
            throw new IllegalArgumentException("not the last draft of this journal, appended already, or empty");
        }
        Sealed block = seal(BlockFormat.RECORDS);
        boolean inSecondHalf = end.offset() > segmentBytes / 2;
        return () -> {
            write(block);
            packing.begin();
            if (inSecondHalf) {
                supply.prepare(block.after.segment() + 1);
            }
        };
    }

    private Sealed seal(byte kind) {
        if (writing) {
            throw new IllegalStateException("the block before was not written yet");
        }
        int bytes = builder.seal(kind);
        Sealed block = new Sealed(builder, kind, bytes, end, builder.end(bytes));
        end = block.after;
        builder = otherBuilder;
        otherBuilder = block.builder;
        writing = true;
        return block;
    }

    /** Replaces segments that are full. */
    Packing packing() {
        return packing;
    }

    /** The number of the last segment that is full: whatever happens, the log ends behind it. */
    int sealedSegments() {
        return (late == null ? published.end().segment() : late.forcedSegment()) - 1;
    }

    /** Lets the next block begin a new segment. A draft that was begun is dropped. */
    synchronized void sealSegment() throws IOException {
        ensureWritable();
        builder.drop();
        if (end.offset() > superblock.alignmentBytes()) {
            makeRoomFor(superblock.alignmentBytes());
        }
    }

    private void namesLost(IOException cause) {
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
        }
    }

    private void write(Sealed block) throws IOException {
        try {
            DiskFile target = put(block);
            if (late != null) {
                late.written(target, block.after);
            }
            publish(block);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private synchronized void publish(Sealed block) throws IOException {
        lookForLateFailure(); // the marker that says so is not to be written over
        if (failure != null) {
            throw new IOException("the journal took no more blocks since a failure: " + failure, failure);
        }
        cleanEnd = block.kind == BlockFormat.CLEAN_END;
        marker.write(new Publication(block.after, cleanEnd ? Publication.State.CLOSED : Publication.State.OPEN));
        published.advance(block.before, block.after, block.bytes);
        block.builder.shrink(2 * options.blockBytes());
        writing = false;
    }

    private synchronized void fail(Throwable cause) {
        failure = cause;
        writing = false;
    }

    private DiskFile put(Sealed block) throws IOException {
        try {
            DiskFile target = file(block.before.segment());
            if (bug == PlantedBug.ACKNOWLEDGE_BEFORE_FORCE) {
                target.force();
            }
            target.write(block.before.offset(), block.builder.bytes(), 0, block.bytes);
            if (bug != PlantedBug.ACKNOWLEDGE_BEFORE_FORCE && (late == null || block.kind == BlockFormat.CLEAN_END)) {
                force(target);
            }
            return target;
        } catch (IOException e) {
            sayFailed(e);
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

    private DiskFile file(int segment) throws IOException {
        @Nullable
        DiskFile current = file;
        if (current == null || fileSegment != segment) {
            forceLate();
            closeFile();
            current = disk.open(SegmentName.of(segment), Disk.Access.WRITE);
            file = current;
            fileSegment = segment;
        }
        return current;
    }

    /** Forces what was acknowledged before it was forced. */
    void forceLate() throws IOException {
        if (late != null) {
            late.force();
        }
    }

    private void closeFile() throws IOException {
        @Nullable
        DiskFile current = file;
        file = null;
        if (current != null) {
            current.close();
        }
    }

    private void lookForLateFailure() {
        @Nullable
        Throwable failed = late == null ? null : late.failure();
        if (failure == null && failed != null) {
            failure = failed;
            sayFailed(failed);
        }
    }

    /**
     * Says in the marker that writing failed: the system may go on showing what the disk lacks, and it shows the marker, too.
     * After a restart it shows neither.
     */
    private synchronized void sayFailed(Throwable cause) {
        if (bug == PlantedBug.FAILURE_NOT_SAID) {
            return;
        }
        try {
            marker.write(new Publication(published.end(), Publication.State.FAILED));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void ensureWritable() throws IOException {
        if (closed) {
            throw new StoreClosedException("the journal");
        }
        lookForLateFailure();
        if (failure != null) {
            throw new IOException("the journal takes no more blocks since a failure: " + failure, failure);
        }
    }

    /** Writes the mark of a clean end, unless there is one or writing failed, and gives everything back. */
    void close() throws IOException {
        packing.close();
        closeWriter();
    }

    private synchronized void closeWriter() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        supply.awaitEnd();
        try (lock; marker) {
            try {
                lookForLateFailure();
                if (failure == null && !writing) { // behind a block that was given up, the log has no end to mark
                    endCleanly();
                }
            } finally {
                if (late != null) {
                    late.close();
                }
                closeFile();
            }
        }
    }

    private void endCleanly() throws IOException {
        if (end.block() == 0) {
            return;
        }
        if (!cleanEnd) {
            forceLate();
            builder.begin(end, superblock.alignmentBytes());
            write(seal(BlockFormat.CLEAN_END));
            forceLate();
        } else {
            marker.write(new Publication(published.end(), Publication.State.CLOSED));
        }
        marker.force();
    }
}
