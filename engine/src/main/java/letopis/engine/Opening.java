package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import letopis.engine.index.IndexOptions;
import letopis.engine.index.SavedIndex;
import letopis.journal.Journal;
import letopis.journal.JournalMark;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.RealDisk;
import letopis.journal.file.FileJournal;
import letopis.journal.file.JournalOptions;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/**
 * A journal that was just opened, what was found at it, and what there is of an index.
 *
 * @param resumedFrom  where in the journal the index ends
 * @param indexOptions how large its parts become
 * @param proofs       where the tree over the events is remembered, if it is
 */
record Opening(Path directory, Journal journal, Optional<TornTail> tornTail, SavedIndex savedIndex,
        Optional<JournalMark> resumedFrom, IndexOptions indexOptions, Optional<Disk> proofs) {
    private static final int SEGMENT_UNIT = 64 << 10;
    private static final long LARGEST_BLOCK = 1 << 30;

    /** An opening whose index stays in memory. */
    Opening(Path directory, Journal journal, Optional<TornTail> tornTail) {
        this(directory, journal, tornTail, SavedIndex.none(), Optional.empty(),
                IndexOptions.DEFAULT.withBackground(false), Optional.empty());
    }

    static Opening forWriting(Path directory, EngineOptions options) {
        return forWriting(directory, RealDisk.at(directory), journalOptions(options),
                IndexOptions.DEFAULT.withRetryWindow(options.retryWindowEvents())).remembering(proofs(directory));
    }

    /** The same on any disk, with all work on the index done by the thread that writes. */
    static Opening forWriting(Path directory, Disk disk, JournalOptions options) {
        return forWriting(directory, disk, options, IndexOptions.DEFAULT.withBackground(false));
    }

    static Opening forWriting(Path directory, Disk disk, JournalOptions options, IndexOptions indexOptions) {
        return of(directory, disk, indexOptions, mark -> FileJournal.open(disk, options, mark));
    }

    static Opening forReading(Path directory) {
        return forReading(directory, RealDisk.at(directory)).remembering(proofs(directory));
    }

    /** The same on any disk. */
    static Opening forReading(Path directory, Disk disk) {
        return forReading(directory, disk, IndexOptions.DEFAULT);
    }

    static Opening forReading(Path directory, Disk disk, IndexOptions indexOptions) {
        return of(directory, disk, indexOptions.withBackground(false).withRetryWindow(0),
                mark -> FileJournal.openReadOnly(disk, mark));
    }

    private static Opening of(Path directory, Disk disk, IndexOptions indexOptions,
            Function<Optional<JournalMark>, FileJournal> how) {
        SavedIndex saved = SavedIndex.in(disk);
        boolean opened = false;
        try {
            FileJournal journal = how.apply(saved.mark());
            opened = true;
            return new Opening(directory, journal, journal.tornTail().map(Opening::tornTail), saved,
                    journal.resumedFrom(), indexOptions, Optional.empty());
        } catch (StoreUnusableException e) {
            throw withRemedy(directory, e);
        } finally {
            if (!opened) {
                saved.close();
            }
        }
    }

    /** The same opening of a journal that does something else. */
    Opening with(Journal other) {
        return new Opening(directory, other, tornTail, savedIndex, resumedFrom, indexOptions, proofs);
    }

    /** The folder of a store that has what is remembered of the tree. */
    static Disk proofs(Path directory) {
        return RealDisk.at(directory.resolve("proof"));
    }

    /** The same, where the tree is remembered on this disk. */
    Opening remembering(Disk disk) {
        return new Opening(directory, journal, tornTail, savedIndex, resumedFrom, indexOptions, Optional.of(disk));
    }

    static TornTail tornTail(letopis.journal.file.TornTail it) {
        return new TornTail(it.file(), it.offset(), it.bytes(), it.acknowledged(), it.toString());
    }

    /** The same refusal, with what to do. */
    static StoreUnusableException withRemedy(Path directory, StoreUnusableException e) {
        String details = String.valueOf(e.getMessage()).substring(e.store().length() + ": ".length());
        return new StoreUnusableException(e.reason(), name(directory), details + remedy(e.reason()), e);
    }

    static JournalOptions journalOptions(EngineOptions options) {
        long largest = Math.max(JournalOptions.DEFAULT.maxBlockBytes(), 2L * options.limits().maxAppendBytes());
        return JournalOptions.DEFAULT.withCreate(options.createIfMissing())
                .withSegmentBytes(inUnits(options.firstSegmentBytes()), inUnits(options.maxSegmentBytes()))
                .withBlockBytes(options.maxBlockBytes(), (int) Math.min(largest, LARGEST_BLOCK))
                .withForceEveryNanos(forceEveryNanos(options.durability()))
                .withCompression(compression(options.compression()));
    }

    private static letopis.journal.file.Compression compression(Compression compression) {
        return switch (compression) {
            case NONE -> letopis.journal.file.Compression.NONE;
            case DEFLATE -> letopis.journal.file.Compression.DEFLATE;
        };
    }

    private static long forceEveryNanos(Durability durability) {
        return switch (durability.level()) {
            case FORCED -> 0;
            case INTERVAL -> durability.forceEvery().toNanos();
            case SYSTEM -> JournalOptions.FORCE_LATE;
        };
    }

    private static int inUnits(long bytes) {
        return (int) (bytes / SEGMENT_UNIT) * SEGMENT_UNIT;
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> "; check the path, or open it for writing with createIfMissing to make one";
            case NOT_A_STORE -> "; a new store is made in a directory that is empty or does not exist yet";
            case IN_USE -> "";
            case NO_PERMISSION -> "; give this process's user the permission, or open read-only where it may only read";
            case NEWER_FORMAT -> "; open it with that version of Letopis, or a newer one";
            case NO_ROOM -> "; make room on the disk and open it again (opening read-only needs none)";
            case FAILED -> "; look into the cause and open it again";
        };
    }

    private static String name(Path directory) {
        return "the store in " + directory;
    }

    /** Reading the journal failed, or writing beside it. */
    static StoreUnusableException failed(Path directory, IOException e) {
        Reason reason = e instanceof DiskFullException ? Reason.NO_ROOM : Reason.FAILED;
        return new StoreUnusableException(reason, name(directory), e.getMessage() + remedy(reason), e);
    }

    /** Closes the journal, whatever comes of it: a better reason for the failure is on its way. */
    void abandon() {
        try {
            journal.close();
        } catch (IOException | RuntimeException _) {
            // the reason on its way is the first one
        }
    }
}
