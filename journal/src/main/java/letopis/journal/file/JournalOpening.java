package letopis.journal.file;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import letopis.journal.JournalMark;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.DiskLock;
import letopis.journal.disk.DiskPermissionException;
import letopis.journal.disk.NotADirectoryException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.jspecify.annotations.Nullable;

/** The way from a directory to an open journal. */
final class JournalOpening {
    private final Disk disk;
    private final JournalOptions options;
    private final Optional<JournalMark> mark;
    private final PlantedBug bug;

    /** @param mark where to begin reading, if it is true */
    JournalOpening(Disk disk, JournalOptions options, Optional<JournalMark> mark, PlantedBug bug) {
        this.disk = disk;
        this.options = options;
        this.mark = mark;
        this.bug = bug;
    }

    FileJournal forWriting(Supplier<UUID> ids, Supplier<Instant> clock) {
        try {
            if (!disk.exists()) {
                requireCreate();
                disk.create();
            }
            // Looked at before the lock is taken, so that nothing is made in a directory that is something else.
            if (!StoreFiles.isStore(disk, disk.list())) {
                requireCreate();
            }
            DiskLock lock = disk.tryLock(StoreFiles.LOCK)
                    .orElseThrow(() -> new StoreUnusableException(Reason.IN_USE,
                            disk.name(), "another opening writes to the store; close it, or open read-only"));
            @Nullable
            FileJournal journal = null;
            try {
                journal = locked(lock, ids, clock);
                return journal;
            } finally {
                if (journal == null) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void requireCreate() {
        if (!options.create()) {
            throw new StoreUnusableException(Reason.NOT_FOUND, disk.name(), "there is no store");
        }
    }

    private FileJournal locked(DiskLock lock, Supplier<UUID> ids, Supplier<Instant> clock) throws IOException {
        Superblock superblock = StoreFiles.isStore(disk, disk.list())
                ? Superblock.read(disk)
                : StoreFiles.create(disk, options, ids, clock, bug);
        List<String> names = disk.list();
        for (String name : names) {
            if (StoreFiles.isUnfinished(name)) {
                disk.delete(name);
            }
        }
        Segments segments = new Segments(disk, superblock, bug);
        @Nullable
        FileJournal journal = null;
        try {
            journal = recovered(segments, names, lock);
            return journal;
        } finally {
            if (journal == null) {
                segments.close();
            }
        }
    }

    private FileJournal recovered(Segments segments, List<String> names, DiskLock lock) throws IOException {
        Superblock superblock = segments.superblock();
        Published published = new Published(new JournalEnd(1, superblock.alignmentBytes(), 0, 0));
        Optional<Publication> said = PublicationFile.read(disk, superblock.storeId());
        Recovery recovery = new Recovery(disk, segments, StoreFiles.lastSegment(names), said, published, bug);
        recovery.checkSegments();
        resume(recovery);
        recovery.readUpTo(Long.MAX_VALUE);
        Optional<TornTail> tornTail = recovery.cutTail();
        recovery.forceEnd();
        if (bug != PlantedBug.NO_DIRECTORY_FORCE) {
            disk.forceDirectory();
        }
        segments.forgetFrom(published.end().segment());
        PublicationFile marker = PublicationFile.openForWriting(disk, superblock.storeId());
        @Nullable
        FileJournal journal = null;
        try {
            marker.write(new Publication(published.end(), false));
            if (said.isPresent() && said.get().closed()) {
                // That nothing follows must not be believed once something may.
                marker.force();
            }
            JournalWriter writer = new JournalWriter(disk, segments, options, bug, published, marker, lock,
                    recovery.cleanEnd());
            journal = new FileJournal(disk, segments, published, writer, tornTail);
            return journal;
        } finally {
            if (journal == null) {
                marker.close();
            }
        }
    }

    FileJournal readOnly() {
        try {
            if (!disk.exists() || !StoreFiles.isStore(disk, disk.list())) {
                throw new StoreUnusableException(Reason.NOT_FOUND, disk.name(), "there is no store");
            }
            Superblock superblock = Superblock.read(disk);
            Segments segments = new Segments(disk, superblock, bug);
            @Nullable
            FileJournal journal = null;
            try {
                journal = new FileJournal(disk, segments, seen(segments), null, Optional.empty());
                return journal;
            } finally {
                if (journal == null) {
                    segments.close();
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * What a reader may see: what the writer has published. Without a writer also what follows, once it is forced: what a
     * writer had not forced when it died could be gone after a power cut, and must not have been seen.
     */
    private Published seen(Segments segments) throws IOException {
        boolean beside = disk.isLocked(StoreFiles.LOCK);
        Optional<Publication> said = PublicationFile.read(disk, segments.superblock().storeId());
        long publishedBlock = said.map(publication -> publication.end().block()).orElse(0L);
        Published all = read(segments, said, beside && said.isPresent() ? publishedBlock : Long.MAX_VALUE);
        if (all.end().block() <= publishedBlock || couldForce(segments, all.end().segment())) {
            return all;
        }
        return read(segments, said, publishedBlock);
    }

    private Published read(Segments segments, Optional<Publication> said, long lastBlock) throws IOException {
        Published published = new Published(new JournalEnd(1, segments.superblock().alignmentBytes(), 0, 0));
        Recovery recovery = new Recovery(disk, segments, StoreFiles.lastSegment(disk.list()), said, published, bug);
        recovery.checkSegments();
        resume(recovery);
        recovery.readUpTo(lastBlock);
        segments.forgetFrom(published.end().segment());
        return published;
    }

    private void resume(Recovery recovery) throws IOException {
        if (mark.isPresent()) {
            recovery.resume(mark.get());
        }
    }

    /** A file system that is mounted read-only may refuse a force. */
    private static boolean couldForce(Segments segments, int number) throws IOException {
        Segment segment = segments.acquire(number);
        try {
            segment.file().force();
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            segments.release(segment);
        }
    }

    private StoreUnusableException unusable(IOException e) {
        Reason reason = switch (e) {
            case DiskFullException _ -> Reason.NO_ROOM;
            case NotADirectoryException _ -> Reason.NOT_A_STORE;
            case DiskPermissionException _ -> Reason.NO_PERMISSION;
            default -> Reason.FAILED;
        };
        return new StoreUnusableException(reason, disk.name(), String.valueOf(e.getMessage()), e);
    }
}
