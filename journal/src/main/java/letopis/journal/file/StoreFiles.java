package letopis.journal.file;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/**
 * Which files make a store. The first segment is made first and {@code letopis.store} last, so a directory is a store when
 * that file is there; what a crash left of a store in the making is taken away and made anew.
 */
final class StoreFiles {
    static final String LOCK = "letopis.lock";

    private static final String FIRST_SEGMENT = SegmentName.of(1);
    static final String LOST_AND_FOUND = "lost+found";

    private StoreFiles() {}

    /** Whether a directory is a store; false if it is empty, or holds what a crash left of a store in the making. */
    static boolean isStore(Disk disk, List<String> names) throws IOException {
        if (names.contains(Superblock.FILE)) {
            return true;
        }
        for (String name : names) {
            if (name.equals(Publication.FILE) || SegmentName.number(name) > 1
                    || SegmentName.packedNumber(name) > 0
                    || (name.equals(FIRST_SEGMENT) && !isBlank(disk))) {
                throw new StoreDamagedException(Superblock.FILE, 0, "the file is missing, and there is " + name);
            }
            if (!isLeftOver(name)) {
                throw new StoreUnusableException(Reason.NOT_A_STORE, disk.name(),
                        "the directory is not empty (there is " + name + "), and has no " + Superblock.FILE);
            }
        }
        return false;
    }

    private static boolean isLeftOver(String name) {
        return name.equals(LOCK) || name.equals(FIRST_SEGMENT) || name.equals(LOST_AND_FOUND) || isUnfinished(name);
    }

    /** Whether a file is one that was not completed. */
    static boolean isUnfinished(String name) {
        if (!name.endsWith(SegmentSupply.UNFINISHED)) {
            return false;
        }
        String finished = name.substring(0, name.length() - SegmentSupply.UNFINISHED.length());
        return finished.equals(Superblock.FILE) || finished.equals(ForcedFile.FILE)
                || SegmentName.number(finished) > 0;
    }

    /** Whether there is nothing behind the header of the first segment. */
    private static boolean isBlank(Disk disk) throws IOException {
        byte[] buffer = new byte[8 << 10];
        try (DiskFile file = disk.open(FIRST_SEGMENT, Disk.Access.READ)) {
            int read;
            for (long at = FixedFile.BYTES; (read = file.read(at, buffer, 0, buffer.length)) > 0; at += read) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Makes a store in a directory that holds none; the lock is held. */
    static Superblock create(Disk disk, JournalOptions options, Supplier<UUID> ids, Supplier<Instant> clock,
            PlantedBug bug) throws IOException {
        Superblock superblock = new Superblock(ids.get(), ChronoUnit.MICROS.between(Instant.EPOCH, clock.get()),
                options.alignmentBytes(), options.firstSegmentBytes(), options.maxSegmentBytes());
        disk.delete(FIRST_SEGMENT);
        try (Segments segments = new Segments(disk, superblock, bug)) {
            new SegmentSupply(disk, segments, options.preparation(), bug).make(1, superblock.firstSegmentBytes());
        }
        String unfinished = Superblock.FILE + SegmentSupply.UNFINISHED;
        disk.delete(unfinished);
        try (DiskFile file = disk.open(unfinished, Disk.Access.CREATE)) {
            file.write(0, superblock.encode(), 0, FixedFile.BYTES);
            file.force();
        }
        disk.rename(unfinished, Superblock.FILE);
        if (bug != PlantedBug.NO_DIRECTORY_FORCE) {
            disk.forceDirectory();
        }
        return superblock;
    }

    /** The number of the last segment; those before it are there. */
    static int lastSegment(List<String> names) {
        int last = 0;
        for (String name : names) {
            int segment = SegmentName.number(name);
            if (segment > 0 && segment != last) {
                last++;
                if (segment != last) {
                    throw new StoreDamagedException(SegmentName.of(last), 0,
                            "the file is missing, and " + name + " is there");
                }
            }
        }
        if (last == 0) {
            throw new StoreDamagedException(FIRST_SEGMENT, 0, "the file is missing");
        }
        return last;
    }
}
