package letopis.journal.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import letopis.journal.disk.Disk;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/**
 * Reads everything that a journal has on disk, and reports all that is wrong with it: checksums, numbers, positions, headers,
 * sizes, padding, missing files. It changes nothing, and may run beside the writer.
 */
public final class JournalVerification {
    private final Disk disk;
    private final Consumer<JournalFault> sink;
    private long faults;

    private JournalVerification(Disk disk, Consumer<JournalFault> sink) {
        this.disk = disk;
        this.sink = sink;
    }

    /** Is told how far a verification is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param doneBytes  bytes of segment files that were read
         * @param totalBytes bytes of segment files in all
         */
        void at(long doneBytes, long totalBytes);
    }

    /**
     * Verifies a journal.
     *
     * @param progress called after each segment, in this thread
     * @param faults   gets each fault as it is found, in this thread
     * @throws StoreUnusableException if there is no store, or it was written by a newer Letopis
     * @throws IOException            if the directory cannot be read
     */
    public static VerificationReport run(Disk disk, Progress progress, Consumer<JournalFault> faults)
            throws IOException {
        return new JournalVerification(disk, faults).run(progress);
    }

    private VerificationReport run(Progress progress) throws IOException {
        if (!disk.exists()) {
            throw new StoreUnusableException(Reason.NOT_FOUND, disk.name(), "there is no store");
        }
        boolean besideWriter = disk.isLocked(StoreFiles.LOCK);
        // Before the names, so that every segment it speaks of is among them.
        Optional<Superblock> read = superblock();
        Optional<Publication> early = read.isEmpty()
                ? Optional.empty()
                : PublicationFile.read(disk, read.get().storeId());
        List<String> names = disk.list();
        int last = 0;
        for (String name : names) {
            last = Math.max(last, SegmentName.number(name));
        }
        if (last == 0) {
            if (!names.contains(Superblock.FILE)) {
                throw new StoreUnusableException(Reason.NOT_FOUND, disk.name(), "there is no store");
            }
            fault(SegmentName.of(1), 0, "the file is missing");
        }
        Optional<Superblock> superblock = read.isPresent() ? read : SuperblockGuess.from(disk, last);
        if (superblock.isEmpty()) {
            return new VerificationReport(faults, 0, 0, 0, 0, besideWriter, Optional.empty());
        }
        Optional<Publication> marker = read.isPresent()
                ? early
                : PublicationFile.read(disk, superblock.get().storeId());
        Optional<Forced> forced = ForcedFile.read(disk, superblock.get().storeId());
        try (Segments segments = Segments.unchecked(disk, superblock.get())) {
            LogVerification log = new LogVerification(segments, last, marker, forced, besideWriter, this::fault);
            log.run(progress);
            return new VerificationReport(faults, log.blocks(), log.records(), log.lastPosition(), log.bytes(),
                    besideWriter, log.tornTail());
        }
    }

    private Optional<Superblock> superblock() throws IOException {
        try {
            return Optional.of(Superblock.read(disk));
        } catch (StoreDamagedException e) {
            if (disk.list().stream().anyMatch(name -> SegmentName.number(name) > 0)) {
                fault(e.place(), e.offset(), e.damage());
            }
            return Optional.empty();
        }
    }

    private void fault(String file, long offset, String damage) {
        faults++;
        sink.accept(new JournalFault(file, offset, damage));
    }

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Faults {
        void add(String file, long offset, String damage);
    }
}
