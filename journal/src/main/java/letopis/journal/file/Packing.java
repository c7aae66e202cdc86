package letopis.journal.file;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import letopis.journal.EventEraser;
import letopis.journal.SegmentRewrite;
import letopis.store.StoreException;

/**
 * Replaces segments that are full, one at a time: in the background where a store packs its segments, and on demand. Neither
 * writers nor readers wait for it. What cannot be replaced stays as it is, and is tried again when the next segment is full.
 */
final class Packing {
    private final SegmentPacking segments;
    private final IntSupplier sealed;
    private final Compression compression;
    private final Executor executor;
    private final Consumer<IOException> namesLost;

    /** Held while a segment is replaced. */
    private final Object replacing = new Object();
    /** Guards the rest. */
    private final Object monitor = new Object();
    private int next = 1;
    private boolean working;
    private boolean closed;

    /**
     * @param sealed    gives the number of the last segment that is full
     * @param executor  runs what is done in the background
     * @param namesLost is told when nobody knows which files the disk has
     */
    Packing(SegmentPacking segments, IntSupplier sealed, Compression compression, Executor executor,
            Consumer<IOException> namesLost) {
        this.segments = segments;
        this.sealed = sealed;
        this.compression = compression;
        this.executor = executor;
        this.namesLost = namesLost;
    }

    /** Begins to pack what is full and not packed yet, if that is wanted. */
    void begin() {
        synchronized (monitor) {
            if (compression == Compression.NONE || working || closed || next > sealed.getAsInt()) {
                return;
            }
            working = true;
        }
        boolean accepted = false;
        try {
            executor.execute(this::packAll);
            accepted = true;
        } finally {
            if (!accepted) {
                finished();
            }
        }
    }

    private void packAll() {
        try {
            for (int number = take(); number > 0; number = take()) {
                pack(number);
                synchronized (monitor) {
                    next = number + 1;
                }
            }
        } catch (IOException | StoreException e) {
            // It stays as it is: damage is said to who reads it, and a full disk to who writes.
        } finally {
            finished();
        }
    }

    private int take() {
        synchronized (monitor) {
            return closed || next > sealed.getAsInt() ? 0 : next;
        }
    }

    private void finished() {
        synchronized (monitor) {
            working = false;
            monitor.notifyAll();
        }
    }

    /** Packs a segment that is full, unless it is packed. */
    SegmentRewrite pack(int number) throws IOException {
        return replace(number, () -> segments.pack(number, compression));
    }

    /** Erases events of a segment that is full. */
    SegmentRewrite erase(int number, EventEraser eraser) throws IOException {
        return replace(number, () -> segments.erase(number, eraser, compression));
    }

    /** Replaces a segment. */
    @FunctionalInterface
    private interface Replacing {
        SegmentRewrite run() throws IOException;
    }

    private SegmentRewrite replace(int number, Replacing how) throws IOException {
        if (number < 1 || number > sealed.getAsInt()) {
            throw new IllegalArgumentException("segment " + number + " is not full");
        }
        synchronized (replacing) {
            try {
                return how.run();
            } catch (SegmentNamesLostException e) {
                namesLost.accept(e);
                throw e;
            }
        }
    }

    /** Begins nothing more, and waits until nothing is being replaced. An interrupt is kept, and does not end the waiting. */
    void close() {
        boolean interrupted = false;
        segments.stop();
        synchronized (monitor) {
            closed = true;
            while (working) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        synchronized (replacing) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
