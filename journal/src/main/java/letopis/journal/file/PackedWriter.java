package letopis.journal.file;

import java.io.IOException;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

import letopis.journal.disk.BackgroundFile;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import org.jspecify.annotations.Nullable;

/** Writes a packed segment from its logical bytes, given one after the other. For one thread. */
final class PackedWriter implements AutoCloseable {
    private final DiskFile file;
    private final UUID storeId;
    private final int segment;
    private final @Nullable Deflater deflater;
    private final long logicalBytes;
    private final PlaceChecksum checksum;
    private final CRC32C logicalChecksum = new CRC32C();
    private final byte[] directory;
    private final byte[] chunk = new byte[PackedFormat.CHUNK_BYTES];
    private int chunkBytes;
    private int chunks;
    private long at = FixedFile.BYTES;

    private PackedWriter(DiskFile file, UUID storeId, int segment, long logicalBytes, Compression compression) {
        this.file = file;
        this.storeId = storeId;
        this.segment = segment;
        this.logicalBytes = logicalBytes;
        deflater = compression == Compression.DEFLATE ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : null;
        checksum = new PlaceChecksum(storeId, PlantedBug.NONE);
        directory = new byte[new PackedFormat.Header(logicalBytes, 0).directoryBytes()];
    }

    static PackedWriter create(Disk disk, String name, UUID storeId, int segment, long logicalBytes,
            Compression compression) throws IOException {
        return new PackedWriter(BackgroundFile.create(disk, name), storeId, segment, logicalBytes, compression);
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        logicalChecksum.update(bytes, from, length);
        int done = 0;
        while (done < length) {
            int count = Math.min(chunk.length - chunkBytes, length - done);
            System.arraycopy(bytes, from + done, chunk, chunkBytes, count);
            chunkBytes += count;
            done += count;
            if (chunkBytes == chunk.length) {
                writeChunk();
            }
        }
    }

    private void writeChunk() throws IOException {
        PackedChunk packed = PackedChunk.of(chunk, chunkBytes, deflater);
        int entry = chunks * PackedFormat.ENTRY_BYTES;
        LittleEndian.putInt(directory, entry, packed.storedBytes());
        directory[entry + 4] = (byte) packed.form();
        LittleEndian.putInt(directory, entry + 8, checksum.of(segment, (long) chunks * PackedFormat.CHUNK_BYTES,
                packed.stored(), 0, packed.storedBytes()));
        if (packed.storedBytes() > 0) {
            file.write(at, packed.stored(), 0, packed.storedBytes());
        }
        at += packed.storedBytes();
        chunks++;
        chunkBytes = 0;
    }

    /**
     * Writes what is left, the directory and the header, and forces all of it.
     *
     * @return the checksum of the logical bytes
     */
    long finish(PlantedBug bug) throws IOException {
        if (chunkBytes > 0) {
            writeChunk();
        }
        PackedFormat.Header header = new PackedFormat.Header(logicalBytes, at);
        if (chunks != header.chunks()) {
            throw new AssertionError(chunks + " chunks were written for a segment of " + logicalBytes + " bytes");
        }
        int entries = chunks * PackedFormat.ENTRY_BYTES;
        LittleEndian.putInt(directory, entries, checksum.of(segment, at, directory, 0, entries));
        file.write(at, directory, 0, directory.length);
        file.write(0, PackedFormat.encode(storeId, segment, header), 0, FixedFile.BYTES);
        if (bug != PlantedBug.PACKED_NAMED_BEFORE_FORCE) {
            file.force();
        }
        return logicalChecksum.getValue();
    }

    /** The bytes of the file. */
    long fileBytes() {
        return at + directory.length;
    }

    @Override
    public void close() throws IOException {
        if (deflater != null) {
            deflater.end();
        }
        file.close();
    }
}
