package letopis.journal.file;

import java.io.IOException;
import java.util.concurrent.Executor;

import letopis.journal.disk.BackgroundFile;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.DiskFullException;
import org.jspecify.annotations.Nullable;

/**
 * Makes segments before they are needed: full of zeros and forced, so that writing a block later changes neither the size of
 * a file nor what the file system keeps about it. A segment gets its name only when it is complete.
 */
final class SegmentSupply {
    static final String UNFINISHED = ".new";

    private static final int CHUNK_BYTES = 256 << 10;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    private final Disk disk;
    private final Segments segments;
    private final Superblock superblock;
    private final Executor executor;
    private final PlantedBug bug;

    private final Object monitor = new Object();
    private boolean working;
    private @Nullable IOException failure;

    SegmentSupply(Disk disk, Segments segments, Executor executor, PlantedBug bug) {
        this.disk = disk;
        this.segments = segments;
        superblock = segments.superblock();
        this.executor = executor;
        this.bug = bug;
    }

    /** Begins to make a segment in the background, unless it is there. If there is no room, {@link #take} tries again. */
    void prepare(int segment) {
        synchronized (monitor) {
            if (working || segments.bytes(segment) > 0) {
                return;
            }
            working = true;
        }
        boolean accepted = false;
        try {
            executor.execute(() -> prepareInBackground(segment));
            accepted = true;
        } finally {
            if (!accepted) {
                finished(null);
            }
        }
    }

    private void prepareInBackground(int segment) {
        @Nullable
        IOException failed = null;
        try {
            make(segment, superblock.segmentBytes(segment));
        } catch (DiskFullException e) {
            // The segment is not needed yet: take() tries again when it is.
        } catch (IOException e) {
            failed = e;
        } catch (Error | RuntimeException e) {
            failed = new IOException("cannot prepare " + SegmentName.of(segment), e);
        } finally {
            finished(failed);
        }
    }

    private void finished(@Nullable IOException failed) {
        synchronized (monitor) {
            working = false;
            if (failure == null) {
                failure = failed;
            }
            monitor.notifyAll();
        }
    }

    /**
     * A segment that is there, complete and empty, with at least so many bytes.
     *
     * @return its size
     * @throws DiskFullException if there is no room for it; nothing was changed
     * @throws IOException       if it could not be made; a force may have failed, so this is final
     */
    long take(int segment, long leastBytes) throws IOException {
        synchronized (monitor) {
            awaitEnd();
            if (failure != null) {
                throw new IOException("cannot prepare " + SegmentName.of(segment) + ": " + failure.getMessage(),
                        failure);
            }
            long there = segments.bytes(segment);
            if (there > 0 && there >= leastBytes) {
                return there;
            }
            working = true; // nobody else begins to make the same one
        }
        try {
            return make(segment, Math.max(leastBytes, superblock.segmentBytes(segment)));
        } finally {
            finished(null);
        }
    }

    /** Waits until nothing is being made. An interrupt is kept, and does not end the waiting. */
    void awaitEnd() {
        boolean interrupted = false;
        synchronized (monitor) {
            while (working) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a segment under a name that does not count, and gives it its name; an empty one that is too small gives way. */
    long make(int segment, long bytes) throws IOException {
        if (segment > SegmentName.MAX) {
            throw new IOException("a journal has at most " + SegmentName.MAX + " segments");
        }
        String name = SegmentName.of(segment);
        String unfinished = name + UNFINISHED;
        disk.delete(unfinished);
        boolean renamed = false;
        try {
            write(unfinished, segment, bytes);
            disk.rename(unfinished, name);
            renamed = true;
        } finally {
            if (!renamed) {
                deleteQuietly(unfinished);
            }
        }
        forceDirectory();
        segments.made(segment, bytes);
        return bytes;
    }

    private void write(String file, int segment, long bytes) throws IOException {
        try (DiskFile made = BackgroundFile.create(disk, file)) {
            for (long at = 0; at < bytes; at += CHUNK_BYTES) {
                made.write(at, ZEROS, 0, (int) Math.min(CHUNK_BYTES, bytes - at));
            }
            made.write(0, SegmentHeader.encode(superblock.storeId(), segment, bytes), 0, FixedFile.BYTES);
            made.force();
        }
    }

    /** A directory that could not be forced is not an error of room: a name may be lost that later forces call durable. */
    private void forceDirectory() throws IOException {
        if (bug == PlantedBug.NO_DIRECTORY_FORCE) {
            return;
        }
        try {
            disk.forceDirectory();
        } catch (DiskFullException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void deleteQuietly(String file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            // What went wrong before is thrown; the file does not count, and the next opening deletes it.
        }
    }
}
