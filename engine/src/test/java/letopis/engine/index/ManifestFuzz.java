package letopis.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;

/**
 * A fuzz target: takes bytes as a manifest, and as the file of added tags that it names, with magic and checksums that are right.
 * They are believed or not, without an error of ours, and a manifest that is read is written to the same bytes. Found by Jazzer by
 * the name of its method.
 */
public final class ManifestFuzz {
    private static final long MAGIC = 0x494e_414d_4f54_454cL;
    private static final int FRAME = 84;
    private static final int RUN = 36;
    private static final int TAGS_AT = 72;
    private static final int MARK_POSITION_AT = 40;

    private ManifestFuzz() {}

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            look(data, data.length);
            int runs = data.length == 0 ? 1 : 1 + (data[0] & 3);
            byte[] possible = Arrays.copyOf(data, FRAME + runs * RUN);
            ByteBuffer in = ByteBuffer.wrap(possible).order(ByteOrder.LITTLE_ENDIAN);
            in.putInt(12, runs).putLong(80 + 8, 0).putLong(MARK_POSITION_AT, in.getLong(80 + (runs - 1) * RUN + 16));
            look(possible, Math.max(0, data.length - FRAME));
        } catch (IOException e) {
            throw new AssertionError("no error of the disk was planted", e);
        }
    }

    /** The last bytes of the data are the file of added tags. */
    private static void look(byte[] data, int tagsBytes) throws IOException {
        RecordingDisk store = new RecordingDisk();
        store.create();
        Disk disk = store.directory(SavedIndex.DIRECTORY);
        disk.create();
        byte[] tags = Arrays.copyOfRange(data, data.length - Math.min(tagsBytes, data.length), data.length);
        byte[] manifest = Arrays.copyOf(data, Math.max(FRAME, data.length));
        ByteBuffer in = ByteBuffer.wrap(manifest).order(ByteOrder.LITTLE_ENDIAN);
        AddedTagsFile file = new AddedTagsFile(tags.length, crc(tags, tags.length));
        in.putLong(0, MAGIC).putInt(8, 1).putInt(TAGS_AT, file.bytes()).putInt(TAGS_AT + 4, file.checksum());
        in.putInt(manifest.length - 4, crc(manifest, manifest.length - 4));
        put(disk, Manifest.FILE, manifest);
        if (tags.length > 0) {
            put(disk, file.name(), tags);
            file.read(disk).ifPresent(AddedTags::records);
        }
        Optional<Manifest> read = Manifest.read(disk);
        if (read.isPresent() && !Arrays.equals(read.get().encode(), manifest)) {
            throw new AssertionError("a manifest became another one when it was written");
        }
        SavedIndex.in(store).close();
    }

    private static void put(Disk disk, String name, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
