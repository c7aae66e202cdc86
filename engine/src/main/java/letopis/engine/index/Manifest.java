package letopis.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.journal.JournalMark;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;

/**
 * Which runs make the index on disk, and how far into the journal they reach: the file {@code manifest}, little-endian. It is
 * replaced as a whole.
 *
 * <pre>
 *    0                  8             12     16         32             72           76              80
 *    | magic "LETOMANI" | version (1) | runs | store id | journal mark | tags bytes | tags checksum | run | run | … | crc32c
 *      8                  4             4      16         40             4            4               36            4
 *
 *    run: | number | base position | last position | bytes | checksum
 *           8        8               8               8       4
 * </pre>
 *
 * @param mark how far into the journal the runs reach
 * @param tags the file of the tags that were added to events after they were stored
 * @param runs the oldest first
 */
record Manifest(UUID storeId, JournalMark mark, AddedTagsFile tags, List<RunFile> runs) {
    static final String FILE = "manifest";

    private static final long MAGIC = 0x494e_414d_4f54_454cL; // "LETOMANI"
    private static final int VERSION = 1;
    private static final int RUNS_AT = 80;
    private static final int RUN_BYTES = 36;
    private static final int MAX_BYTES = 1 << 20;

    /** A run, by the number of its file, and what it must be. */
    record RunFile(long number, long base, long last, long bytes, int checksum) {
        String name() {
            return String.format("%08d.run", number);
        }
    }

    byte[] encode() {
        byte[] bytes = new byte[RUNS_AT + runs.size() * RUN_BYTES + Integer.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(runs.size());
        buffer.putLong(storeId.getMostSignificantBits()).putLong(storeId.getLeastSignificantBits());
        buffer.put(mark.encode()).putInt(tags.bytes()).putInt(tags.checksum());
        for (RunFile run : runs) {
            buffer.putLong(run.number).putLong(run.base).putLong(run.last).putLong(run.bytes).putInt(run.checksum);
        }
        buffer.putInt(checksum(bytes, buffer.position()));
        return bytes;
    }

    /** The manifest in a directory; nothing if there is none that can be believed. */
    static Optional<Manifest> read(Disk disk) {
        try (DiskFile file = disk.open(FILE, Disk.Access.READ)) {
            long size = file.size();
            if (size < RUNS_AT + Integer.BYTES || size > MAX_BYTES) {
                return Optional.empty();
            }
            byte[] bytes = new byte[(int) size];
            return file.read(0, bytes, 0, bytes.length) == bytes.length ? decode(bytes) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // the index is made anew
        }
    }

    private static Optional<Manifest> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(bytes.length - Integer.BYTES) != checksum(bytes, bytes.length - Integer.BYTES)
                || buffer.getLong() != MAGIC || buffer.getInt() != VERSION) {
            return Optional.empty();
        }
        int count = buffer.getInt();
        if (count < 1 || bytes.length != RUNS_AT + (long) count * RUN_BYTES + Integer.BYTES) {
            return Optional.empty();
        }
        UUID storeId = new UUID(buffer.getLong(), buffer.getLong());
        JournalMark mark = JournalMark.decode(bytes, buffer.position());
        buffer.position(RUNS_AT - 2 * Integer.BYTES);
        AddedTagsFile tags = new AddedTagsFile(buffer.getInt(), buffer.getInt());
        List<RunFile> runs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            runs.add(new RunFile(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(),
                    buffer.getInt()));
        }
        return runs.getFirst().base == 0 && runs.getLast().last == mark.position() && tags.bytes() >= 0
                ? Optional.of(new Manifest(storeId, mark, tags, runs))
                : Optional.empty();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
