package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.DiskLock;
import letopis.journal.disk.FileMissingException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Copies a journal into another directory, beside its writer or without one, and later again with what has changed since. A
 * backup is a store like any other: it can be opened.
 *
 * <p>Segments behind which others follow are copied first, and the end of the log is looked up after that. So whatever was
 * erased in a segment that was copied, the record that says so is in the backup, too. New files get their names when all of
 * them are there, in the order of the log, so that the backup that was there stays one whenever this is interrupted.
 */
public final class Backup {
    private final Disk source;
    private final Disk target;
    private final Progress progress;
    private final CopiedSegment copy;
    private final List<String> made = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private long totalBytes;
    private long doneBytes;
    private long copiedBytes;
    private int kept;

    /** Is told how far a copy is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param doneBytes  bytes of segments that were copied, or found to be there
         * @param totalBytes bytes of segments in all, as far as is known
         */
        void at(long doneBytes, long totalBytes);
    }

    private Backup(Disk source, Disk target, Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.copy = new CopiedSegment(source, target);
    }

    /**
     * Makes or renews a backup.
     *
     * @param target a missing or empty directory, or an earlier backup of the same store
     * @throws StoreUnusableException if there is no store, or the target is something else; nothing was changed
     * @throws IOException            if a file could not be read or written; an earlier backup is still whole
     */
    public static BackupReport run(Disk source, Disk target, Progress progress) throws IOException {
        return new Backup(source, target, progress).run();
    }

    private BackupReport run() throws IOException {
        if (!source.exists() || !source.list().contains(Superblock.FILE)) {
            throw new StoreUnusableException(Reason.NOT_FOUND, source.name(), "there is no store");
        }
        Superblock superblock = Superblock.read(source);
        if (!target.exists()) {
            target.create();
        }
        BackupCatalog before = catalog(superblock);
        DiskLock lock = target.tryLock(StoreFiles.LOCK)
                .orElseThrow(() -> new StoreUnusableException(Reason.IN_USE, target.name(),
                        "the backup is open for writing, or another backup into it is running"));
        try (lock) {
            return locked(superblock, before);
        }
    }

    /** What is known of an earlier backup; one that is empty if there is none. */
    private BackupCatalog catalog(Superblock superblock) throws IOException {
        List<String> names = target.list();
        Optional<BackupCatalog> catalog = BackupCatalog.read(target);
        if (catalog.isEmpty()) {
            for (String name : names) {
                if (!name.equals(StoreFiles.LOCK) && !name.startsWith(BackupCatalog.FILE)
                        && !name.equals(StoreFiles.LOST_AND_FOUND)) {
                    throw new StoreUnusableException(Reason.NOT_A_STORE, target.name(),
                            "the directory is not empty (there is "
                                    + name + "), and is no backup; choose an empty one");
                }
            }
            return new BackupCatalog(superblock.storeId(), new JournalEnd(1, superblock.alignmentBytes(), 0, 0), true);
        }
        if (!catalog.get().storeId().equals(superblock.storeId())) {
            throw new StoreUnusableException(Reason.NOT_A_STORE, target.name(), "this is a backup of another store, "
                    + catalog.get().storeId() + "; choose another directory");
        }
        if (wasWritten(catalog.get())) {
            throw new StoreUnusableException(Reason.NOT_A_STORE, target.name(),
                    "the backup was opened for writing since it was made, and is a store of its own now; choose another directory");
        }
        return catalog.get();
    }

    private boolean wasWritten(BackupCatalog catalog) throws IOException {
        return catalog.complete() && catalog.end().block() > 0
                && !PublicationFile.read(target, catalog.storeId())
                        .map(Publication::end)
                        .equals(Optional.of(catalog.end()));
    }

    private BackupReport locked(Superblock superblock, BackupCatalog before) throws IOException {
        new BackupCatalog(before.storeId(), before.end(), false).write(target);
        JournalEnd early = end(superblock);
        totalBytes = sizes(early.segment());
        for (int number = 1; number < early.segment(); number++) {
            segment(number, Long.MAX_VALUE, before);
        }
        JournalEnd end = end(superblock);
        for (int number = early.segment(); number <= end.segment(); number++) {
            segment(number, number < end.segment() ? Long.MAX_VALUE : end.offset(), before);
        }
        copy.finish(made);
        for (String name : replaced) {
            target.delete(name);
        }
        FixedFile.replace(target, Publication.FILE,
                new Publication(end, Publication.State.OPEN).encode(superblock.storeId()));
        if (!target.list().contains(Superblock.FILE)) {
            FixedFile.replace(target, Superblock.FILE, superblock.encode());
        }
        new BackupCatalog(superblock.storeId(), end, true).write(target);
        return new BackupReport(end.position(), end.block(), made.size(), kept, copiedBytes);
    }

    /** Where the log ends: beside a writer as far as it has published, else where its last intact block does. */
    private JournalEnd end(Superblock superblock) throws IOException {
        if (source.isLocked(StoreFiles.LOCK)) {
            Optional<Publication> published = PublicationFile.read(source, superblock.storeId());
            if (published.isPresent()) {
                return published.get().end();
            }
        }
        try (FileJournal journal = FileJournal.openReadOnly(source)) {
            return journal.end();
        }
    }

    private long sizes(int lastSegment) throws IOException {
        long sum = 0;
        for (int number = 1; number <= lastSegment; number++) {
            sum += size(source, SegmentName.file(source, number));
        }
        return sum;
    }

    /** The size of a file, or of its copy in the making; 0 if it was replaced just now. */
    private static long size(Disk disk, String name) throws IOException {
        for (String candidate : List.of(name + SegmentSupply.UNFINISHED, name)) {
            try (DiskFile file = disk.open(candidate, Disk.Access.READ)) {
                return file.size();
            } catch (FileMissingException _) {
                // the other name, then
            }
        }
        return 0;
    }

    private void segment(int number, long upTo, BackupCatalog before) throws IOException {
        @Nullable
        String name = null;
        while (name == null) {
            String candidate = SegmentName.file(source, number);
            try {
                boolean wasWhole = number < before.end().segment() && upTo == Long.MAX_VALUE;
                if (wasWhole && copy.isThere(candidate)) {
                    kept++;
                } else {
                    copiedBytes += copy.copy(candidate, upTo);
                    made.add(candidate);
                }
                name = candidate;
            } catch (FileMissingException e) {
                if (SegmentName.file(source, number).equals(candidate)) {
                    throw e;
                }
                // it was replaced by another form of itself just now
            }
        }
        for (String other : SegmentName.forms(number)) {
            if (!other.equals(name)) {
                replaced.add(other);
            }
        }
        doneBytes += size(target, name);
        progress.at(doneBytes, Math.max(doneBytes, totalBytes));
    }
}
