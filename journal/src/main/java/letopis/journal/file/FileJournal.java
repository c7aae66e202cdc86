package letopis.journal.file;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import letopis.journal.BlockDraft;
import letopis.journal.BlockVisitor;
import letopis.journal.BlockWrite;
import letopis.journal.EventEraser;
import letopis.journal.Journal;
import letopis.journal.JournalMark;
import letopis.journal.JournalStats;
import letopis.journal.RecordReader;
import letopis.journal.SegmentRewrite;
import letopis.journal.disk.Disk;
import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/**
 * The journal as segment files of one directory. The form of the files is described in {@code docs/file-format.md}.
 *
 * <p>One opening writes, in one process; any number of others read beside it, each up to the last block that the writer has
 * published.
 */
public final class FileJournal implements Journal {
    private final Disk disk;
    private final Segments segments;
    private final Published published;
    private final @Nullable JournalWriter writer;
    private final Optional<TornTail> tornTail;
    private final boolean forcedLate;
    /** Where the last replay ended: one that follows the log goes on there. */
    private volatile JournalEnd lastReplay;
    private volatile boolean closed;

    FileJournal(Disk disk, Segments segments, Published published, @Nullable JournalWriter writer,
            Optional<TornTail> tornTail, boolean forcedLate) {
        this.disk = disk;
        this.segments = segments;
        this.published = published;
        this.writer = writer;
        this.tornTail = tornTail;
        this.forcedLate = forcedLate;
        lastReplay = published.beginning(1);
    }

    /**
     * Opens a journal for writing, and creates the store if the directory is empty or missing and the options allow it. What a
     * crash left of a block that was not acknowledged is cut off, see {@link #tornTail}.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened or created
     * @throws letopis.store.StoreDamagedException  if something that was acknowledged is damaged; nothing was changed
     */
    public static FileJournal open(Disk disk, JournalOptions options) {
        return open(disk, options, UUID::randomUUID, Instant::now, PlantedBug.NONE);
    }

    /**
     * The same, reading only what lies behind a mark, if that is a mark of this log: see {@link #resumedFrom}. Damage before it
     * is not looked for here; it is found when what is damaged is read, and by a {@link JournalVerification}.
     *
     * @param mark an earlier {@link #mark} of this journal
     */
    public static FileJournal open(Disk disk, JournalOptions options, Optional<JournalMark> mark) {
        return new JournalOpening(disk, options, mark, PlantedBug.NONE).forWriting(UUID::randomUUID, Instant::now);
    }

    static FileJournal open(Disk disk, JournalOptions options, Supplier<UUID> ids, Supplier<Instant> clock,
            PlantedBug bug) {
        return new JournalOpening(disk, options, Optional.empty(), bug).forWriting(ids, clock);
    }

    /**
     * Opens a journal for reading only, beside the process that writes it or without one. Nothing is written; a block that a
     * crash interrupted is not seen.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened
     * @throws letopis.store.StoreDamagedException  if something that was acknowledged is damaged
     */
    public static FileJournal openReadOnly(Disk disk) {
        return openReadOnly(disk, PlantedBug.NONE);
    }

    /** The same, reading only what lies behind a mark, if that is a mark of this log: see {@link #resumedFrom}. */
    public static FileJournal openReadOnly(Disk disk, Optional<JournalMark> mark) {
        return new JournalOpening(disk, JournalOptions.DEFAULT, mark, PlantedBug.NONE).readOnly();
    }

    static FileJournal openReadOnly(Disk disk, PlantedBug bug) {
        return new JournalOpening(disk, JournalOptions.DEFAULT, Optional.empty(), bug).readOnly();
    }

    @Override
    public UUID storeId() {
        return segments.superblock().storeId();
    }

    /** When the store was created, in microseconds since 1970. */
    public long createdMicros() {
        return segments.superblock().createdMicros();
    }

    /** What this opening cut off, because a crash had interrupted its writing. */
    public Optional<TornTail> tornTail() {
        return tornTail;
    }

    /**
     * The mark behind which this opening began to read; nothing if there was none, or it was not true of this log, so that the
     * whole log was read.
     */
    public Optional<JournalMark> resumedFrom() {
        return published.resumedFrom();
    }

    @Override
    public JournalMark mark() {
        return published.mark();
    }

    /** Where the published log ends. */
    JournalEnd end() {
        return published.end();
    }

    /** A walk over the published log, from an end in it. */
    BlockWalk walk(JournalEnd from) {
        return new BlockWalk(segments, published, from);
    }

    /** Where the block begins that follows an end of the published log. */
    JournalEnd nextBlock(JournalEnd after) {
        return published.nextBlock(after);
    }

    Segments segments() {
        return segments;
    }

    @Override
    public long lastBlock() {
        return published.end().block();
    }

    @Override
    public long lastPosition() {
        return published.end().position();
    }

    @Override
    public BlockDraft draft(int records, long payloadBytes) throws IOException {
        return writer().draft(records, payloadBytes);
    }

    @Override
    public void append(BlockDraft draft) throws IOException {
        writer().seal(draft).run();
    }

    @Override
    public BlockWrite seal(BlockDraft draft) throws IOException {
        return writer().seal(draft);
    }

    /**
     * Forces all that is published to the disk, where blocks are acknowledged before they are forced; else that was done.
     * Appends do not wait for it.
     *
     * @throws IOException if it may not be durable; final for this opening
     */
    @Override
    public void force() throws IOException {
        writer().forceLate();
    }

    /** The number of the last segment that is full, so that it can be written anew; 0 if there is none. */
    @Override
    public int sealedSegments() {
        return writer().sealedSegments();
    }

    /**
     * Lets the next block begin a new segment, so that the one before it is full. For the thread that writes; a draft that was
     * begun is dropped.
     *
     * @throws letopis.store.StoreFullException if there is no room; nothing was changed
     */
    @Override
    public void sealSegment() throws IOException {
        writer().sealSegment();
    }

    /**
     * Packs a segment that is full, unless it is packed. Beside writers and readers, who do not wait for it.
     *
     * @throws IOException if it could not be packed; it is as it was
     */
    public SegmentRewrite pack(int segment) throws IOException {
        return writer().packing().pack(segment);
    }

    /**
     * Erases events of a segment that is full: their records stay where they are, with the length they have, and say that they
     * were erased. The segment is written anew, packed, and put in place in one step; on return the old one is deleted, durably.
     * Beside writers and readers, who do not wait for it; who reads the old one just now sees what was erased until then.
     *
     * @throws IOException if it could not be written; it is as it was
     */
    @Override
    public SegmentRewrite erase(int segment, EventEraser eraser) throws IOException {
        return writer().packing().erase(segment, eraser);
    }

    private JournalWriter writer() {
        if (writer == null) {
            throw new UnsupportedOperationException("the journal was opened read-only");
        }
        return writer;
    }

    @Override
    public long replay(long fromBlock, BlockVisitor visitor) throws IOException {
        ensureOpen();
        JournalEnd upTo = published.end();
        if (fromBlock < 1 || fromBlock > upTo.block() + 1) {
            throw new IllegalArgumentException(
                    "block " + fromBlock + " is not between 1 and " + (upTo.block() + 1));
        }
        JournalEnd replayed = lastReplay;
        JournalEnd from = replayed.block() == fromBlock - 1 ? replayed : published.beginning(fromBlock);
        try (BlockWalk walk = new BlockWalk(segments, published, from)) {
            while (walk.end().block() < upTo.block()) {
                walk.next(fromBlock, visitor);
            }
            lastReplay = walk.end();
        }
        return upTo.block() + 1;
    }

    @Override
    public RecordReader reader() {
        ensureOpen();
        return new WindowReader(segments, published);
    }

    @Override
    public StoreDamagedException damaged(long place, String damage) {
        return new StoreDamagedException(SegmentName.of(Place.segment(place)), Place.offset(place), damage);
    }

    @Override
    public synchronized boolean refresh() throws IOException {
        ensureOpen();
        if (writer != null) {
            return false;
        }
        Optional<Publication> marker = PublicationFile.read(disk, storeId());
        JournalEnd known = published.end();
        if (marker.isEmpty() || marker.get().end().block() <= known.block()) {
            return false;
        }
        segments.forgetFrom(known.segment());
        new Recovery(disk, segments, marker.get().end().segment(), marker, Optional.empty(), published,
                PlantedBug.NONE)
                .readUpTo(marker.get().end().block());
        return true;
    }

    @Override
    public JournalStats stats() {
        JournalEnd end = published.end();
        return segments.stats(end.block(), published.usedBytes(), forcedLate);
    }

    private void ensureOpen() {
        if (closed) {
            throw new StoreClosedException("the journal");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try (segments) {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
