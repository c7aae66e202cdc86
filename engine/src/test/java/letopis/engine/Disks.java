package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import letopis.engine.index.IndexOptions;
import letopis.engine.index.SavedIndex;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;
import letopis.journal.file.JournalOptions;

/** Stores on disks in memory. */
final class Disks {
    static final Path NAME = Path.of("disk-in-memory");
    static final EngineOptions OPTIONS = EngineOptions.DEFAULT
            .withClock(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    /** As small as they may be, so that little is much; and all work of the disk in one thread. */
    private static final JournalOptions SMALL = JournalOptions.DEFAULT.withSegmentBytes(4096, 8192)
            .withPreparation(Runnable::run);

    /** Parts that are frozen, written and merged after each few appends. */
    private static final IndexOptions SMALL_PARTS = new IndexOptions(3, 1 << 20, 2, 2, 1_000_000, false);

    private Disks() {}

    static EmbeddedEventStore open(Disk disk) {
        return EmbeddedEventStore.start(opening(disk), OPTIONS, false, System.nanoTime());
    }

    static Opening opening(Disk disk) {
        return Opening.forWriting(NAME, disk, SMALL);
    }

    /** The same with an index that is always at work. */
    static Opening openingWithSmallParts(Disk disk) {
        return Opening.forWriting(NAME, disk, SMALL, SMALL_PARTS);
    }

    static EmbeddedEventStore openReadOnly(Disk disk) {
        return EmbeddedEventStore.start(Opening.forReading(NAME, disk), OPTIONS, true, System.nanoTime());
    }

    /** Another disk with all that is durable on this one. */
    static RecordingDisk copy(RecordingDisk disk) {
        var cut = disk.powerCut();
        return cut.state(new int[cut.units()]);
    }

    /** The files of a store, those of its index included. */
    static List<String> files(Disk disk) {
        try {
            List<String> files = new ArrayList<>(disk.list());
            files.remove(SavedIndex.DIRECTORY);
            disk.directory(SavedIndex.DIRECTORY).list().forEach(it -> files.add(SavedIndex.DIRECTORY + "/" + it));
            return files;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As anybody may, while the store is closed. */
    static void deleteIndex(Disk disk) {
        try {
            Disk index = disk.directory(SavedIndex.DIRECTORY);
            for (String file : index.list()) {
                index.delete(file);
            }
            index.forceDirectory();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static int size(Disk disk, String name) {
        try (DiskFile file = disk.open(name, Disk.Access.READ)) {
            return (int) file.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void flip(Disk disk, String name, int offset, int bit) {
        try (DiskFile file = disk.open(name, Disk.Access.WRITE)) {
            byte[] one = new byte[1];
            file.read(offset, one, 0, 1);
            one[0] ^= (byte) (1 << bit);
            file.write(offset, one, 0, 1);
            file.force();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void cut(Disk disk, String name, int size) {
        try (DiskFile file = disk.open(name, Disk.Access.WRITE)) {
            file.truncate(size);
            file.force();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
