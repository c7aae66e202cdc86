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
        Optional<Forced> forced = ForcedFile.read(disk, superblock.storeId());
        Recovery recovery = new Recovery(disk, segments, StoreFiles.lastSegment(names), said, forced, published, bug);
        recovery.checkSegments();
        resume(recovery);
        recovery.readUpTo(lastAcknowledged(said));
        Optional<TornTail> tornTail = recovery.cutTail();
        SegmentPacking.finish(disk, segments, names);
        recovery.forceEnd();
        if (bug != PlantedBug.NO_DIRECTORY_FORCE) {
            disk.forceDirectory();
        }
        segments.forgetFrom(published.end().segment());
        PublicationFile marker = PublicationFile.openForWriting(disk, superblock.storeId());
        @Nullable
        LateForce late = null;
        @Nullable
        FileJournal journal = null;
        try {
            marker.write(new Publication(published.end(), Publication.State.OPEN));
            if (forced.isPresent() || said.isEmpty() || said.get().state() != Publication.State.OPEN) {
                // That nothing counts that follows must not be believed once something does; nor that what was lost is there.
                // What cannot be read now may say so after a power cut.
                marker.force();
            }
            late = lateForce(published.end(), superblock.storeId());
            JournalWriter writer = new JournalWriter(disk, segments, options, bug, published, marker, lock,
                    recovery.cleanEnd(), late);
            journal = new FileJournal(disk, segments, published, writer, tornTail, late != null);
            writer.packing().begin();
            return journal;
        } finally {
            if (journal == null) {
                if (late != null) {
                    late.close();
                }
                marker.close();
            }
        }
    }

    /**
     * The number of the last block that may count. Where writing failed, what the system shows behind the published end may
     * not be on the disk, whatever a force says now; and nobody was told of it.
     */
    private static long lastAcknowledged(Optional<Publication> said) {
        return said.isPresent() && said.get().failed() ? said.get().end().block() : Long.MAX_VALUE;
    }

    /** All that is there is forced now. From here on it may be that not all is, and that is said first; or else no longer. */
    private @Nullable LateForce lateForce(JournalEnd end, UUID storeId) throws IOException {
        if (options.forceEveryNanos() == 0) {
            ForcedFile.remove(disk);
            return null;
        }
        Forced forced = new Forced(end.block(), end.segment());
        ForcedFile file = ForcedFile.open(disk, storeId, forced);
        return new LateForce(file, forced, options.forceEveryNanos(), bug);
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
                journal = new FileJournal(disk, segments, seen(segments), null, Optional.empty(),
                        ForcedFile.read(disk, superblock.storeId()).isPresent());
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
        Optional<Forced> forced = ForcedFile.read(disk, segments.superblock().storeId());
        long publishedBlock = said.map(publication -> publication.end().block()).orElse(0L);
        if (beside && said.isPresent()) {
            return read(segments, said, forced, publishedBlock);
        }
        Published all = read(segments, said, forced, lastAcknowledged(said));
        long durableBlock = forced.map(Forced::block).orElse(publishedBlock);
        int last = all.end().segment();
        if (all.end().block() <= durableBlock
                || couldForce(segments, forced.map(Forced::segment).orElse(last), last)) {
            return all;
        }
        return read(segments, said, forced, durableBlock);
    }

    private Published read(Segments segments, Optional<Publication> said, Optional<Forced> forced, long lastBlock)
            throws IOException {
        Published published = new Published(new JournalEnd(1, segments.superblock().alignmentBytes(), 0, 0));
        Recovery recovery = new Recovery(disk, segments, StoreFiles.lastSegment(disk.list()), said, forced, published,
                bug);
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
    private static boolean couldForce(Segments segments, int first, int last) throws IOException {
        for (int number = first; number <= last; number++) {
            Segment segment = segments.acquire(number);
            try {
                segment.force();
            } catch (IOException e) {
                return false;
            } finally {
                segments.release(segment);
            }
        }
        return true;
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
