package letopis.journal.file;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

import letopis.journal.disk.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * Forces what was written and acknowledged already: each so many nanoseconds from a thread of its own, when a segment is full,
 * and when it is asked to. The writer does not wait for it, unless it goes on to the next segment. A force that fails is final.
 */
final class LateForce {
    /** At the end of a segment, and when the journal is closed, only. */
    static final long NEVER = Long.MAX_VALUE;

    private final ForcedFile mark;
    private final PlantedBug bug;
    private final long everyNanos;
    private final @Nullable Thread thread;

    /** Held during a force: forces follow one another, and a file is not closed while it is forced. */
    private final Object forcing = new Object();
    private long forcedBlock;
    private volatile int forcedSegment;

    private volatile @Nullable Written written;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** What the writer has written last, and the file that has it. */
    private record Written(DiskFile file, JournalEnd end) {}

    /** @param forced what is forced now */
    LateForce(ForcedFile mark, Forced forced, long everyNanos, PlantedBug bug) {
        this.mark = mark;
        forcedBlock = forced.block();
        forcedSegment = forced.segment();
        this.everyNanos = everyNanos;
        this.bug = bug;
        thread = everyNanos == NEVER
                ? null
                : Thread.ofPlatform().daemon().name("letopis-late-force").unstarted(this::run);
        if (thread != null) {
            thread.start();
        }
    }

    private void run() {
        while (!closed && failure == null) {
            LockSupport.parkNanos(this, everyNanos);
            try {
                force();
            } catch (IOException | RuntimeException | Error e) {
                failure = e; // said by the next append
            }
        }
    }

    /** A block was written; it stands at the end of the log. */
    void written(DiskFile file, JournalEnd end) {
        written = new Written(file, end);
    }

    /** Why nothing can be forced any more, if that is so. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Forces all that was written, and says so durably. */
    void force() throws IOException {
        synchronized (forcing) {
            @Nullable
            Throwable failed = failure;
            if (failed != null) {
                throw new IOException("an earlier force failed: " + failed, failed);
            }
            @Nullable
            Written now = written;
            if (now == null || now.end.block() == forcedBlock) {
                return;
            }
            Forced forced = new Forced(now.end.block(), now.end.segment());
            try {
                if (bug == PlantedBug.FORCED_MARK_BEFORE_FORCE) {
                    mark.write(forced);
                    now.file.force();
                } else {
                    now.file.force();
                    mark.write(forced);
                }
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
                throw e;
            }
            forcedBlock = forced.block();
            forcedSegment = forced.segment();
        }
    }

    /** The segment in which the last block is that was forced for certain. */
    int forcedSegment() {
        return forcedSegment;
    }

    /** Ends the forcing; what was not forced yet is not forced here. */
    void close() throws IOException {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            join(thread);
        }
        mark.close();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
