package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

import letopis.engine.record.EventKeys;
import letopis.engine.record.MalformedRecordException;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.RealDisk;
import letopis.journal.file.Backup;
import letopis.journal.file.FileJournal;
import letopis.journal.file.Restoration;
import letopis.store.PositionBeyondHeadException;
import letopis.store.StoreUnusableException;

/**
 * Backups of embedded stores: a consistent copy of the files, made while the store is in use, in this process or another one,
 * or while it is not.
 *
 * <p>A backup is a store itself, and can be opened; open it read-only, since one that was written to is no backup any more. It
 * has no index: that is made when it is opened for writing.
 */
public final class StoreBackup {
    private StoreBackup() {}

    /**
     * Makes a backup, or brings an earlier one up to date: segments that have not changed since are not copied again. What
     * was scavenged from the store leaves the backup, too. If this is interrupted, an earlier backup stays whole, and the
     * next call goes on.
     *
     * @param store    the directory of the store
     * @param target   a missing or empty directory, or an earlier backup of this store
     * @param progress is told how far it is
     * @throws StoreUnusableException              if there is no store, or the target is something else, or there is no room
     * @throws letopis.store.StoreDamagedException if the store is damaged where its end is looked for
     */
    public static BackupReport make(Path store, Path target, VerifyProgress progress) {
        return make(RealDisk.at(store), target, RealDisk.at(target), progress);
    }

    /** The same on any disks. */
    static BackupReport make(Disk store, Path directory, Disk target, VerifyProgress progress) {
        try {
            return BackupReport.of(Backup.run(store, target, progress::checked));
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    /**
     * Makes a store of a backup, with the same id, positions and times: all of it, or as it was when the event at a position
     * had just been appended. Whole appends are restored only: one that goes beyond the position is left out.
     *
     * <p>A consumer whose checkpoint lies beyond the head of the restored store gets a {@link PositionBeyondHeadException}
     * when it subscribes.
     *
     * @param backup   the directory of a backup, or of any store
     * @param target   a missing or empty directory
     * @param upTo     the last position to restore; nothing for all
     * @param progress is told how far it is
     * @throws StoreUnusableException              if there is no backup, or the target is not empty, or there is no room
     * @throws letopis.store.StoreDamagedException if the backup is damaged
     * @throws PositionBeyondHeadException         if the backup ends before that position
     */
    public static BackupReport restore(Path backup, Path target, OptionalLong upTo, VerifyProgress progress) {
        return restore(RealDisk.at(backup), target, RealDisk.at(target), upTo, progress);
    }

    /** The same on any disks. */
    static BackupReport restore(Disk backup, Path directory, Disk target, OptionalLong upTo, VerifyProgress progress) {
        try {
            long before = upTo.isPresent() ? placeBehind(backup, upTo.getAsLong()) : Long.MAX_VALUE;
            return BackupReport.of(Restoration.run(backup, target, before, progress::checked));
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    /** The place of the first record behind the last append that lies at or below a position as a whole. */
    private static long placeBehind(Disk backup, long upTo) throws IOException {
        try (Journal journal = FileJournal.openReadOnly(backup)) {
            if (upTo < 0 || upTo > journal.lastPosition()) {
                throw new PositionBeyondHeadException(upTo, journal.lastPosition());
            }
            AppendEnd end = new AppendEnd(journal, upTo);
            journal.replay(1, end);
            return end.placeBehind;
        }
    }

    /** Looks for the end of the last append that lies at or below a position. */
    private static final class AppendEnd implements BlockVisitor {
        private final Journal journal;
        private final long upTo;
        private final EventKeys keys = new EventKeys();
        private boolean inAppend;
        private boolean beyond;
        private long placeBehind = Long.MAX_VALUE;

        private AppendEnd(Journal journal, long upTo) {
            this.journal = journal;
            this.upTo = upTo;
        }

        @Override
        public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
            if (beyond) {
                return;
            }
            if (!inAppend && placeBehind == Long.MAX_VALUE) {
                placeBehind = place;
            }
            beyond = kind.takesPosition() && position > upTo;
            if (kind == RecordKind.EVENT) {
                inAppend = !isLastOfItsAppend(place, payload);
            }
            if (kind.takesPosition() && !inAppend && !beyond) {
                placeBehind = Long.MAX_VALUE;
            }
        }

        private boolean isLastOfItsAppend(long place, ByteBuffer payload) {
            try {
                keys.take(payload);
                return keys.isLastOfItsAppend();
            } catch (MalformedRecordException e) {
                throw journal.damaged(place, "the event cannot be read: " + e.getMessage());
            }
        }
    }
}
