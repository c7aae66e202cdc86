package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;

/**
 * What makes a directory a backup: the 64 bytes of the file {@code letopis.backup}, little-endian.
 *
 * <pre>
 *    0                  8             12      16         32        36           40      48         56  60       64
 *    | magic "LETOBACK" | version (1) | state | store id | segment | end offset | block | position | 0 | crc32c |
 * </pre>
 *
 * State is 1 when the backup is complete, and 0 while one is made; the end is that of the last complete one.
 *
 * @param storeId  of which store
 * @param end      where the log of the last complete backup ends; block 0 if there is none yet
 * @param complete whether no later one was begun
 */
record BackupCatalog(UUID storeId, JournalEnd end, boolean complete) {
    static final String FILE = "letopis.backup";
    static final String MAGIC = "LETOBACK";

    /** The catalog of a directory; nothing if it has none that is intact. */
    static Optional<BackupCatalog> read(Disk disk) throws IOException {
        byte[] bytes;
        try (DiskFile file = disk.open(FILE, Disk.Access.READ)) {
            bytes = FixedFile.read(file);
        } catch (FileMissingException _) {
            return Optional.empty();
        }
        if (!FixedFile.hasMagic(bytes, MAGIC) || !FixedFile.isIntact(bytes)
                || FixedFile.version(bytes) != FixedFile.VERSION) {
            return Optional.empty();
        }
        JournalEnd end = new JournalEnd(LittleEndian.getInt(bytes, 32), LittleEndian.getInt(bytes, 36),
                LittleEndian.getLong(bytes, 40), LittleEndian.getLong(bytes, 48));
        return Optional.of(new BackupCatalog(FixedFile.storeId(bytes), end, LittleEndian.getInt(bytes, 12) == 1));
    }

    /** Puts it into a directory, durably and in one step. */
    void write(Disk disk) throws IOException {
        byte[] bytes = FixedFile.begin(MAGIC, storeId);
        LittleEndian.putInt(bytes, 12, complete ? 1 : 0);
        LittleEndian.putInt(bytes, 32, end.segment());
        LittleEndian.putInt(bytes, 36, (int) end.offset());
        LittleEndian.putLong(bytes, 40, end.block());
        LittleEndian.putLong(bytes, 48, end.position());
        FixedFile.replace(disk, FILE, FixedFile.seal(bytes));
    }
}
