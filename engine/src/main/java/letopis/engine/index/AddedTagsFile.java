package letopis.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import letopis.engine.record.MalformedRecordException;
import letopis.engine.record.TagsRecord;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;

/**
 * The file that saves the added tags, little-endian. The manifest says its size and its checksum; its name has the checksum.
 *
 * <pre>
 *    | length | payload of a record of a retagging | length | …
 *      4
 * </pre>
 *
 * @param bytes    its size; 0 if there are no added tags, and no file
 * @param checksum a CRC32C of all of it
 */
record AddedTagsFile(int bytes, int checksum) {
    static final AddedTagsFile NONE = new AddedTagsFile(0, 0);
    private static final String ENDING = ".tags";
    private static final long MAX_BYTES = Integer.MAX_VALUE - 64;

    String name() {
        return String.format("%08x", checksum) + ENDING;
    }

    /** Writes and forces the file for these tags, unless it is there. */
    static AddedTagsFile save(Disk disk, AddedTags tags) throws IOException {
        List<TagsRecord> records = tags.records();
        if (records.isEmpty()) {
            return NONE;
        }
        List<byte[]> payloads = records.stream().map(TagsRecord::encode).toList();
        long size = payloads.stream().mapToLong(it -> Integer.BYTES + it.length).sum();
        if (size > MAX_BYTES) {
            throw new IOException(
                    "the tags that were added take " + size + " bytes, and at most " + MAX_BYTES + " can be saved");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        payloads.forEach(it -> bytes.putInt(it.length).put(it));
        AddedTagsFile saved = new AddedTagsFile((int) size, checksum(bytes.array()));
        if (!disk.list().contains(saved.name())) {
            write(disk, saved.name(), bytes.array());
        }
        return saved;
    }

    private static void write(Disk disk, String name, byte[] bytes) throws IOException {
        String unfinished = name + ".new";
        disk.delete(unfinished);
        try (DiskFile file = disk.open(unfinished, Disk.Access.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
            file.force();
        }
        disk.rename(unfinished, name); // made durable with the manifest that names it
    }

    /** The tags that were saved; nothing if the file is not there as it was written. */
    Optional<AddedTags> read(Disk disk) {
        if (bytes == 0) {
            return Optional.of(AddedTags.NONE);
        }
        try (DiskFile file = disk.open(name(), Disk.Access.READ)) {
            if (file.size() != bytes) {
                return Optional.empty();
            }
            byte[] content = new byte[bytes];
            if (file.read(0, content, 0, bytes) != bytes || checksum(content) != checksum) {
                return Optional.empty();
            }
            List<TagsRecord> records = new ArrayList<>();
            ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
                if (length < 0 || length > buffer.remaining()) {
                    return Optional.empty();
                }
                TagsRecord.decode(buffer.slice(buffer.position(), length)).ifPresent(records::add);
                buffer.position(buffer.position() + length);
            }
            return Optional.of(AddedTags.NONE.with(records));
        } catch (IOException | MalformedRecordException _) {
            return Optional.empty(); // the index is made anew
        }
    }

    static boolean isOne(String name) {
        return name.endsWith(ENDING);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
