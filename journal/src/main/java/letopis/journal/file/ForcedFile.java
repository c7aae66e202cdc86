package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;

/**
 * Says that a store is written without a force before each acknowledgement, and up to where it is durable all the same: the
 * file {@code letopis.forced}. It has two slots, at 0 and at 65,536, which are written in turns and forced each time: so one of
 * them is right after every power cut. What they say is never more than what was forced before. The newer one counts.
 *
 * <pre>
 *    0                  8             12  16         32      40        44  60       64
 *    | magic "LETOPFRC" | version (1) | 0 | store id | block | segment | 0 | crc32c |
 * </pre>
 *
 * The file is there, durably, before the first block that is not forced is written; and all is forced before it is taken away.
 * If it cannot be read, it is as if it were not there, which is the stricter rule. For one thread at a time.
 */
final class ForcedFile implements AutoCloseable {
    static final String FILE = "letopis.forced";
    static final String MAGIC = "LETOPFRC";
    static final int SLOT_BYTES = 65_536;

    private final DiskFile file;
    private final UUID storeId;
    private int nextSlot;

    private ForcedFile(DiskFile file, UUID storeId, int nextSlot) {
        this.file = file;
        this.storeId = storeId;
        this.nextSlot = nextSlot;
    }

    /** What the file says; nothing if it is not there, or says nothing valid. */
    static Optional<Forced> read(Disk disk, UUID storeId) throws IOException {
        try (DiskFile file = disk.open(FILE, Disk.Access.READ)) {
            Optional<Forced> first = slot(file, 0, storeId);
            Optional<Forced> second = slot(file, 1, storeId);
            return isNewer(second, first) ? second : first;
        } catch (FileMissingException e) {
            return Optional.empty();
        }
    }

    private static boolean isNewer(Optional<Forced> one, Optional<Forced> other) {
        return one.isPresent() && (other.isEmpty() || one.get().block() > other.get().block());
    }

    private static Optional<Forced> slot(DiskFile file, int slot, UUID storeId) throws IOException {
        byte[] bytes = new byte[FixedFile.BYTES];
        file.read((long) slot * SLOT_BYTES, bytes, 0, bytes.length);
        if (!FixedFile.hasMagic(bytes, MAGIC) || !FixedFile.isIntact(bytes)
                || FixedFile.version(bytes) != FixedFile.VERSION || !FixedFile.storeId(bytes).equals(storeId)) {
            return Optional.empty();
        }
        Forced forced = new Forced(LittleEndian.getLong(bytes, 32), LittleEndian.getInt(bytes, 40));
        boolean possible = forced.block() >= 0 && forced.segment() >= 1 && forced.segment() <= SegmentName.MAX;
        return possible ? Optional.of(forced) : Optional.empty();
    }

    /** Opens the file, and makes it where it is not, durably saying up to where the log was forced. */
    static ForcedFile open(Disk disk, UUID storeId, Forced forced) throws IOException {
        Optional<Forced> there = read(disk, storeId);
        if (there.isEmpty()) {
            make(disk, storeId, forced);
        }
        DiskFile file = disk.open(FILE, Disk.Access.WRITE);
        boolean opened = false;
        try {
            boolean firstIsNewest = slot(file, 0, storeId).equals(there.isEmpty() ? Optional.of(forced) : there);
            ForcedFile made = new ForcedFile(file, storeId, firstIsNewest ? 1 : 0);
            if (there.isPresent() && there.get().block() < forced.block()) {
                made.write(forced);
            }
            opened = true;
            return made;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static void make(Disk disk, UUID storeId, Forced forced) throws IOException {
        String unfinished = FILE + SegmentSupply.UNFINISHED;
        disk.delete(unfinished);
        try (DiskFile file = disk.open(unfinished, Disk.Access.CREATE)) {
            file.write(0, encode(storeId, forced), 0, FixedFile.BYTES);
            file.write(SLOT_BYTES, new byte[FixedFile.BYTES], 0, FixedFile.BYTES);
            file.force();
        }
        disk.rename(unfinished, FILE);
        disk.forceDirectory();
    }

    /** Takes the file away, durably; all that was written is forced. */
    static void remove(Disk disk) throws IOException {
        if (disk.list().contains(FILE)) {
            disk.delete(FILE);
            disk.forceDirectory();
        }
    }

    /** Says so durably; what it says was forced before. */
    void write(Forced forced) throws IOException {
        file.write((long) nextSlot * SLOT_BYTES, encode(storeId, forced), 0, FixedFile.BYTES);
        file.force();
        nextSlot = 1 - nextSlot;
    }

    private static byte[] encode(UUID storeId, Forced forced) {
        byte[] bytes = FixedFile.begin(MAGIC, storeId);
        LittleEndian.putLong(bytes, 32, forced.block());
        LittleEndian.putInt(bytes, 40, forced.segment());
        return FixedFile.seal(bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
