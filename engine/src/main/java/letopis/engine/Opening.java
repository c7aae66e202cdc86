package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

import letopis.journal.Journal;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.RealDisk;
import letopis.journal.file.FileJournal;
import letopis.journal.file.JournalOptions;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/** A journal that was just opened, and what was found at it. */
record Opening(Path directory, Journal journal, Optional<TornTail> tornTail) {
    private static final int SEGMENT_UNIT = 64 << 10;
    private static final long LARGEST_BLOCK = 1 << 30;

    static Opening forWriting(Path directory, EngineOptions options) {
        return forWriting(directory, RealDisk.at(directory), journalOptions(options));
    }

    /** The same on any disk. */
    static Opening forWriting(Path directory, Disk disk, JournalOptions options) {
        return of(directory, () -> FileJournal.open(disk, options));
    }

    static Opening forReading(Path directory) {
        return forReading(directory, RealDisk.at(directory));
    }

    /** The same on any disk. */
    static Opening forReading(Path directory, Disk disk) {
        return of(directory, () -> FileJournal.openReadOnly(disk));
    }

    private static Opening of(Path directory, Supplier<FileJournal> how) {
        try {
            FileJournal journal = how.get();
            return new Opening(directory, journal, journal.tornTail().map(Opening::tornTail));
        } catch (StoreUnusableException e) {
            throw withRemedy(directory, e);
        }
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
            case NOT_A_STORE -> "; choose an empty directory, or one that does not exist yet";
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
