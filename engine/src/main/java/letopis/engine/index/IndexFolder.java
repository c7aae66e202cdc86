package letopis.engine.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import letopis.engine.index.Manifest.RunFile;
import letopis.engine.index.run.Merge;
import letopis.engine.index.run.Run;
import letopis.engine.index.run.RunMemory;
import letopis.engine.index.run.Sink;
import letopis.journal.JournalMark;
import letopis.journal.disk.BackgroundFile;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.store.StoreDamagedException;

/**
 * The directory of an index. All in it can be deleted while the store is closed, and is made anew from the journal.
 *
 * <p>A run is written under a number that was never used, forced, and named by the manifest; only then it counts. The manifest
 * is written beside the old one, forced, and put in its place in one step. Files that the manifest does not name are deleted
 * when the store is opened for writing.
 */
final class IndexFolder {
    private static final String UNFINISHED = Manifest.FILE + ".new";
    private static final String SCRATCH = ".scratch";
    private static final int COPY_BYTES = 1 << 20;

    private final Disk disk;
    private final UUID storeId;
    private long nextNumber = 1;
    private AddedTagsFile preparedTags = AddedTagsFile.NONE;

    /** A run that was written, and the number of its file. */
    record Written(Run run, long number) {}

    IndexFolder(Disk disk, UUID storeId) {
        this.disk = disk;
        this.storeId = storeId;
    }

    /** The runs that a manifest names; nothing if they are not all there as it says. */
    static Optional<List<Slot>> open(Disk disk, Manifest manifest) {
        List<Slot> slots = new ArrayList<>();
        long base = 0;
        for (RunFile file : manifest.runs()) {
            Run run;
            try {
                run = map(disk, file.name());
            } catch (IOException | StoreDamagedException _) {
                slots.forEach(slot -> ((Run) slot.part()).close());
                return Optional.empty();
            }
            boolean isLast = slots.size() == manifest.runs().size() - 1;
            if (run.bytes() != file.bytes() || run.checksum() != file.checksum() || run.base() != base
                    || run.base() != file.base() || run.last() != file.last()
                    || !run.storeId().equals(manifest.storeId())) {
                run.close();
                slots.forEach(slot -> ((Run) slot.part()).close());
                return Optional.empty();
            }
            base = run.last();
            slots.add(new Slot(run, isLast ? Optional.of(manifest.mark()) : Optional.empty(), file.number()));
        }
        return Optional.of(slots);
    }

    private static Run map(Disk disk, String name) throws IOException {
        RunMemory memory = new RunMemory();
        boolean opened = false;
        try (DiskFile file = disk.open(name, Disk.Access.READ)) {
            Run run = Run.open(SavedIndex.DIRECTORY + "/" + name, file.map(0, file.size(), memory.arena()), memory);
            opened = true;
            return run;
        } finally {
            if (!opened) {
                memory.close();
            }
        }
    }

    /** Makes the directory ready to be written to, with nothing in it but what these slots name. */
    void prepare(List<Slot> kept, AddedTagsFile tags) throws IOException {
        disk.create();
        Set<String> names = new HashSet<>();
        if (!kept.isEmpty()) {
            names.add(Manifest.FILE);
            names.add(tags.name());
        }
        for (Slot slot : kept) {
            names.add(name(slot.number()));
            nextNumber = Math.max(nextNumber, slot.number() + 1);
        }
        for (String name : disk.list()) {
            if (!names.contains(name)) {
                disk.delete(name);
            }
        }
    }

    private static String name(long number) {
        return new RunFile(number, 0, 0, 0, 0).name();
    }

    /** Writes a run that is on the heap. */
    Written save(Run run) throws IOException {
        return write((sink, _) -> {
            byte[] buffer = new byte[COPY_BYTES];
            for (long at = 0; at < run.bytes(); at += COPY_BYTES) {
                int length = (int) Math.min(COPY_BYTES, run.bytes() - at);
                run.copy(at, buffer, length);
                sink.write(buffer, 0, length);
            }
        });
    }

    /** Writes a run that stands for others. */
    Written write(Merge merge) throws IOException {
        return write(merge::write);
    }

    private interface Content {
        void write(Sink sink, DiskFile scratch) throws IOException;
    }

    private Written write(Content content) throws IOException {
        long number = nextNumber++;
        String name = name(number);
        boolean written = false;
        try (DiskFile file = BackgroundFile.create(disk, name)) {
            try (DiskFile scratch = disk.open(name + SCRATCH, Disk.Access.CREATE)) {
                long[] at = {0};
                content.write((source, from, length) -> {
                    file.write(at[0], source, from, length);
                    at[0] += length;
                }, scratch);
            } finally {
                delete(name + SCRATCH);
            }
            file.force();
            written = true;
        } finally {
            if (!written) {
                delete(name);
            }
        }
        return new Written(map(disk, name), number);
    }

    /** Writes a manifest that names these runs, and makes all that it stands on durable. */
    void prepareManifest(List<Slot> slots, JournalMark mark, AddedTags tags) throws IOException {
        List<RunFile> runs = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            Run run = (Run) slot.part();
            runs.add(new RunFile(slot.number(), run.base(), run.last(), run.bytes(), run.checksum()));
        }
        preparedTags = AddedTagsFile.save(disk, tags);
        byte[] bytes = new Manifest(storeId, mark, preparedTags, runs).encode();
        disk.delete(UNFINISHED);
        try (DiskFile file = disk.open(UNFINISHED, Disk.Access.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
            file.force();
        }
        disk.forceDirectory(); // the runs have their names before anything says so
    }

    /** Puts the manifest in place that was prepared. */
    void putManifest() throws IOException {
        disk.rename(UNFINISHED, Manifest.FILE);
        disk.forceDirectory();
        for (String name : disk.list()) {
            if (AddedTagsFile.isOne(name) && !name.equals(preparedTags.name())) {
                delete(name);
            }
        }
    }

    /** Deletes the file of a run that no manifest names any more. */
    void deleteRun(long number) {
        delete(name(number));
    }

    private void delete(String name) {
        try {
            disk.delete(name);
        } catch (IOException _) {
            // it takes room until the next opening, and does no other harm
        }
    }
}
