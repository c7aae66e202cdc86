package letopis.engine.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

import letopis.engine.record.PreparedEvent;
import letopis.engine.thread.OwnedThread;
import letopis.journal.Journal;
import letopis.journal.RecordReader;
import letopis.journal.disk.Disk;
import letopis.proof.TreeHasher;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the events that are written, and seals them from time to time. The writer's thread only hands over what it has
 * published; a thread of this class hashes it, keeps the frontier of the tree, signs its root, and asks the writer to put the
 * seal into the log. So a seal stands some events behind those that it is about, and costs the writer a record.
 *
 * <p>A seal is due after so many events, after so much time, when the log has gone on in another segment, and at the end.
 *
 * <p>What is handed over and not hashed yet is limited ({@link #MAX_UNHASHED_BYTES}): beyond it the writer waits. This thread
 * never waits for the writer.
 */
public final class Sealing {
    /** How many bytes of events may wait to be hashed. */
    public static final long MAX_UNHASHED_BYTES = 16L << 20;

    /** How long after a seal was asked for the next one may be, whatever came of it: signing takes a part of a millisecond. */
    private static final long LEAST_NANOS = 5_000_000;
    /** How long to wait after a seal was refused, for want of room for example. */
    private static final long RETRY_NANOS = 200_000_000;

    private final SealOptions options;
    private final RememberedTree tree;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Batch> queue = new ArrayDeque<>();
    private @Nullable Writer writer;
    private long queuedBytes;
    private boolean ending;
    private @Nullable Throwable failure;
    private @Nullable Written written;
    private boolean asked;
    private boolean refused;

    // of this class's thread alone
    private long unsealedSinceNanos;
    private long notBeforeNanos;
    private int segment;
    private int sealedSegment;
    private @Nullable SealRecord last;

    /** What the writer has published in one block. */
    private record Batch(List<PreparedEvent[]> appends, int segment, long bytes) {}

    /** A seal that is in the log. */
    private record Written(SealRecord seal, long place) {}

    /** Puts seals into the log. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Takes a seal, or refuses it, at once; says later what came of it.
         *
         * @return whether it was taken
         */
        boolean take(byte[] payload, Outcome outcome);
    }

    /** Hears what came of a seal. */
    public interface Outcome {
        /** It is in the log, durably. */
        void written(long place);

        /** It is not in the log, or nobody knows. */
        void refused();
    }

    private Sealing(SealOptions options, RememberedTree tree) {
        this.options = options;
        this.tree = tree;
        this.unsealedSinceNanos = System.nanoTime();
        this.notBeforeNanos = unsealedSinceNanos;
        this.thread = Thread.ofPlatform().daemon().name("letopis-sealing").unstarted(this::run);
    }

    /**
     * Goes on where the newest seal ended, and hashes the events behind it; all of them, where there is no seal that can be
     * believed.
     *
     * @param places the place of the record of each position up to the journal's last
     * @param disk   where to remember the tree; nothing to hash all events again at each opening
     * @throws letopis.store.StoreDamagedException if the events are not those that were sealed
     */
    public static Sealing open(Journal journal, LongUnaryOperator places, Optional<Disk> disk, SealOptions options)
            throws IOException {
        RememberedTree tree = RememberedTree.open(journal, disk, options.trusted());
        try (RecordReader reader = journal.reader()) {
            TreeHasher hasher = new TreeHasher();
            for (long position = tree.frontier().size() + 1; position <= journal.lastPosition(); position++) {
                ByteBuffer payload = reader.read(places.applyAsLong(position));
                tree.append(EventLeaf.of(hasher, reader.kind(), payload));
            }
        } catch (IOException | RuntimeException | Error e) {
            tree.close();
            throw e;
        }
        return new Sealing(options, tree);
    }

    /** Begins to hash and to seal. */
    public void start(Writer newWriter) {
        writer = newWriter;
        thread.start();
    }

    // ---- the writer's thread

    /**
     * Takes over what was published in one block, in its order. Waits while too much is waiting.
     *
     * @param inSegment the segment that the block is in
     * @param bytes     how much memory it takes, about
     * @throws IllegalStateException if nothing can be sealed any more
     */
    public void published(List<PreparedEvent[]> appends, int inSegment, long bytes) {
        lock.lock();
        try {
            while (failure == null && queuedBytes >= MAX_UNHASHED_BYTES) {
                room.awaitUninterruptibly();
            }
            if (failure != null) {
                throw new IllegalStateException("sealing failed: " + failure, failure);
            }
            queue.add(new Batch(appends, inSegment, bytes));
            queuedBytes += bytes;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread after all that was handed over, and gives the last seal, if events are not sealed. */
    public Optional<byte[]> end() {
        lock.lock();
        try {
            ending = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        OwnedThread.join(thread);
        remember(takeWritten());
        if (failure != null || unsealed() == 0) {
            return Optional.empty();
        }
        SealRecord seal = tree.seal(options);
        last = seal;
        return Optional.of(seal.encode());
    }

    /** Gives the files back, after {@link #end}; the last seal is in the log where a place is given. */
    public void close(Optional<Long> lastPlace) {
        SealRecord seal = last;
        if (seal != null && lastPlace.isPresent()) {
            tree.remember(seal, lastPlace.get());
        }
        tree.close();
    }

    // ---- this class's thread

    private void run() {
        try {
            TreeHasher hasher = new TreeHasher();
            while (true) {
                Batch batch = next();
                if (batch != null) {
                    hash(batch, hasher);
                } else if (isEnding()) {
                    return;
                }
                if (isDue()) {
                    ask();
                }
            }
        } catch (RuntimeException | Error e) { // the writer must not wait for a thread that has ended
            lock.lock();
            try {
                failure = e;
                queue.clear();
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isEnding() {
        lock.lock();
        try {
            return ending && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void hash(Batch batch, TreeHasher hasher) {
        if (unsealed() == 0) {
            unsealedSinceNanos = System.nanoTime();
        }
        for (PreparedEvent[] append : batch.appends) {
            for (PreparedEvent event : append) {
                tree.append(hasher.leaf(event.array(), event.payloadOffset(), event.payloadLength()));
            }
        }
        segment = batch.segment;
        sealedSegment = sealedSegment == 0 ? segment : sealedSegment;
        lock.lock();
        try {
            queuedBytes -= batch.bytes;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; nothing when the time has come to look whether a seal is due, or a seal was written, or all ends. */
    private @Nullable Batch next() {
        lock.lock();
        try {
            if (queue.isEmpty() && written == null && !refused && !ending) {
                await();
            }
        } finally {
            lock.unlock();
        }
        remember(takeWritten());
        lock.lock();
        try {
            if (refused) {
                refused = false;
                notBeforeNanos = System.nanoTime() + RETRY_NANOS;
            }
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Written takeWritten() {
        lock.lock();
        try {
            Written taken = written;
            written = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void remember(@Nullable Written done) {
        if (done != null) {
            unsealedSinceNanos = System.nanoTime();
            tree.remember(done.seal, done.place);
        }
    }

    private long unsealed() {
        return tree.frontier().size() - tree.sealedSize();
    }

    @SuppressWarnings("WaitNotInLoop") // its caller is called in a loop
    private void await() {
        try {
            if (unsealed() == 0 || asked) {
                work.await();
            } else {
                work.awaitNanos(Math.max(1, dueNanos() - System.nanoTime()));
            }
        } catch (InterruptedException _) {
            // nobody interrupts this thread with a meaning
        }
    }

    private boolean isDue() {
        return unsealed() > 0 && !isAsked() && System.nanoTime() - dueNanos() >= 0;
    }

    /** When the events that are not sealed are to be sealed. */
    private long dueNanos() {
        boolean now = unsealed() >= options.everyEvents() || segment != sealedSegment;
        long due = now ? notBeforeNanos : unsealedSinceNanos + options.everyNanos();
        return due - notBeforeNanos < 0 ? notBeforeNanos : due;
    }

    private boolean isAsked() {
        lock.lock();
        try {
            return asked || ending;
        } finally {
            lock.unlock();
        }
    }

    private void ask() {
        SealRecord seal = tree.seal(options);
        lock.lock();
        try {
            asked = true;
        } finally {
            lock.unlock();
        }
        sealedSegment = segment;
        notBeforeNanos = System.nanoTime() + LEAST_NANOS;
        Writer target = writer;
        if (target == null || !target.take(seal.encode(), new Outcome() {
            @Override
            public void written(long place) {
                settled(new Written(seal, place));
            }

            @Override
            public void refused() {
                settled(null);
            }
        })) {
            settled(null);
        }
    }

    private void settled(@Nullable Written outcome) {
        lock.lock();
        try {
            asked = false;
            written = outcome;
            refused = outcome == null;
            work.signal();
        } finally {
            lock.unlock();
        }
    }
}
