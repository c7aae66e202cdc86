package letopis.journal.file;

import java.io.IOException;
import java.util.UUID;
import java.util.zip.DataFormatException;

import letopis.journal.disk.DiskFile;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/** A packed segment that is open for reading its logical bytes. Safe for any number of threads. */
final class PackedFile implements AutoCloseable {
    private final DiskFile file;
    private final UUID storeId;
    private final int segment;
    private final PackedFormat.Header header;
    private final ChunkCache cache;
    private volatile @Nullable Directory directory;

    /** Where the chunks are: the offset of each, and that of the end; their forms and checksums. */
    private static final class Directory {
        private final long[] offsets;
        private final byte[] forms;
        private final int[] checksums;

        private Directory(int chunks) {
            offsets = new long[chunks + 1];
            forms = new byte[chunks];
            checksums = new int[chunks];
        }
    }

    private PackedFile(DiskFile file, UUID storeId, int segment, PackedFormat.Header header, ChunkCache cache) {
        this.file = file;
        this.storeId = storeId;
        this.segment = segment;
        this.header = header;
        this.cache = cache;
    }

    /** @throws StoreDamagedException if the header or the size is wrong */
    static PackedFile of(DiskFile file, UUID storeId, int segment, ChunkCache cache) throws IOException {
        return new PackedFile(file, storeId, segment,
                PackedFormat.decode(FixedFile.read(file), storeId, segment, file.size()), cache);
    }

    long logicalBytes() {
        return header.logicalBytes();
    }

    /** Reads logical bytes; fewer at their end. */
    int read(long offset, byte[] target, int length) throws IOException {
        int readable = (int) Math.max(0, Math.min(length, header.logicalBytes() - offset));
        int done = 0;
        while (done < readable) {
            int chunk = (int) ((offset + done) / PackedFormat.CHUNK_BYTES);
            int at = (int) ((offset + done) % PackedFormat.CHUNK_BYTES);
            byte[] bytes = chunk(chunk);
            int count = Math.min(bytes.length - at, readable - done);
            System.arraycopy(bytes, at, target, done, count);
            done += count;
        }
        return readable;
    }

    private byte[] chunk(int chunk) throws IOException {
        byte[] known = cache.get(this, chunk);
        if (known != null) {
            return known;
        }
        byte[] unpacked = unpack(chunk);
        cache.put(this, chunk, unpacked);
        return unpacked;
    }

    private byte[] unpack(int chunk) throws IOException {
        Directory there = directory();
        long offset = there.offsets[chunk];
        byte[] stored = new byte[(int) (there.offsets[chunk + 1] - offset)];
        if (file.read(offset, stored, 0, stored.length) < stored.length) {
            throw damage(offset, "the file ends in a chunk");
        }
        PlaceChecksum checksum = new PlaceChecksum(storeId, PlantedBug.NONE);
        if (checksum.of(segment, (long) chunk * PackedFormat.CHUNK_BYTES, stored, 0,
                stored.length) != there.checksums[chunk]) {
            throw damage(offset, "the checksum of a chunk does not match");
        }
        try {
            return PackedChunk.unpack(there.forms[chunk], stored, header.chunkBytes(chunk));
        } catch (DataFormatException e) {
            throw damage(offset, "a chunk cannot be unpacked: " + e.getMessage());
        }
    }

    private Directory directory() throws IOException {
        @Nullable
        Directory known = directory;
        if (known == null) {
            known = readDirectory();
            directory = known;
        }
        return known;
    }

    private Directory readDirectory() throws IOException {
        int chunks = header.chunks();
        long at = header.directoryOffset();
        byte[] bytes = new byte[header.directoryBytes()];
        if (file.read(at, bytes, 0, bytes.length) < bytes.length) {
            throw damage(at, "the file ends in its directory");
        }
        int entries = chunks * PackedFormat.ENTRY_BYTES;
        PlaceChecksum checksum = new PlaceChecksum(storeId, PlantedBug.NONE);
        if (checksum.of(segment, at, bytes, 0, entries) != LittleEndian.getInt(bytes, entries)) {
            throw damage(at, "the checksum of the directory does not match");
        }
        Directory read = new Directory(chunks);
        read.offsets[0] = FixedFile.BYTES;
        for (int chunk = 0; chunk < chunks; chunk++) {
            int entry = chunk * PackedFormat.ENTRY_BYTES;
            int stored = LittleEndian.getInt(bytes, entry);
            if (stored < 0 || stored > PackedFormat.CHUNK_BYTES) {
                throw damage(at + entry, "a chunk of " + stored + " bytes");
            }
            read.offsets[chunk + 1] = read.offsets[chunk] + stored;
            read.forms[chunk] = bytes[entry + 4];
            read.checksums[chunk] = LittleEndian.getInt(bytes, entry + 8);
        }
        if (read.offsets[chunks] != at) {
            throw damage(at, "the chunks do not end where the directory begins");
        }
        return read;
    }

    /** Checks all of it, and reports each chunk that is damaged. */
    void verify(JournalVerification.Faults faults) throws IOException {
        try {
            directory();
            for (int chunk = 0; chunk < header.chunks(); chunk++) {
                try {
                    unpack(chunk);
                } catch (StoreDamagedException e) {
                    faults.add(e.place(), e.offset(), e.damage());
                }
            }
        } catch (StoreDamagedException e) {
            faults.add(e.place(), e.offset(), e.damage());
        }
    }

    private StoreDamagedException damage(long offset, String what) {
        return new StoreDamagedException(SegmentName.packed(segment), offset, what);
    }

    DiskFile file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
