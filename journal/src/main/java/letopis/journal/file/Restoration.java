package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import letopis.journal.disk.Disk;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/**
 * Makes a store of a backup, or of any other journal: all of it, or what comes before some record. The store has the same id,
 * and the same positions; the directory becomes a store by the last step.
 */
public final class Restoration {
    private final Disk source;
    private final Disk target;
    private final Backup.Progress progress;

    private Restoration(Disk source, Disk target, Backup.Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Restores a journal into an empty directory.
     *
     * @param before the place of the first record that is left out, with all behind it; {@link Long#MAX_VALUE} to leave
     *               nothing out
     * @throws StoreUnusableException              if there is no store, or the target is not empty; nothing was changed
     * @throws letopis.store.StoreDamagedException if the journal is damaged
     * @throws IOException                         if a file could not be read or written; the target is no store then
     */
    public static BackupReport run(Disk source, Disk target, long before, Backup.Progress progress) throws IOException {
        return new Restoration(source, target, progress).run(before);
    }

    private BackupReport run(long before) throws IOException {
        if (!target.exists()) {
            target.create();
        }
        for (String name : target.list()) {
            if (!name.equals(StoreFiles.LOST_AND_FOUND)) {
                throw new StoreUnusableException(Reason.NOT_A_STORE, target.name(),
                        "the directory is not empty (there is " + name + "); restore into an empty one");
            }
        }
        try (FileJournal journal = FileJournal.openReadOnly(source)) {
            LogCut cut = LogCut.of(journal, before);
            CopiedSegment copy = new CopiedSegment(source, target);
            int last = cut.end().segment();
            long bytes = 0;
            List<String> made = new ArrayList<>();
            for (int number = 1; number <= last; number++) {
                String name = number < last ? SegmentName.file(source, number) : SegmentName.of(number);
                if (number < last) {
                    bytes += copy.copy(name, Long.MAX_VALUE);
                } else {
                    SegmentCut.write(journal.segments(), cut.whole(), cut.rest(), target);
                    bytes += cut.end().offset();
                }
                made.add(name);
                progress.at(number, last);
            }
            copy.finish(made);
            FixedFile.replace(target, Superblock.FILE, journal.segments().superblock().encode());
            return new BackupReport(cut.end().position(), cut.end().block(), made.size(), 0, bytes);
        }
    }
}
