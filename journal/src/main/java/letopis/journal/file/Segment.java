package letopis.journal.file;

import java.io.IOException;
import java.util.zip.CRC32C;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/**
 * A segment that is open for reading, in either of its forms: the file it was written in, or packed. Its header and its size
 * were found right. Where both files are there, the packed one counts.
 */
final class Segment implements AutoCloseable {
    /** A segment is replaced by its other form at most so often while it is being opened. */
    private static final int ATTEMPTS = 5;

    private final int number;
    private final long bytes;
    private final DiskFile file;
    private final @Nullable PackedFile packed;
    private final MappedSegment mapped;
    private final long fileBytes;
    /** How many read it just now, and whether it was replaced; guarded by the table of segments. */
    int readers;
    boolean replaced;

    private Segment(int number, long bytes, DiskFile file, @Nullable PackedFile packed) throws IOException {
        this.number = number;
        this.bytes = bytes;
        this.file = file;
        this.packed = packed;
        mapped = new MappedSegment(file, bytes);
        fileBytes = packed == null ? bytes : file.size();
    }

    /** How a segment is opened: with all that is checked, or as it is, for looking at damage. */
    record Opening(Disk disk, Superblock superblock, ChunkCache cache, boolean checked, PlantedBug bug) {
        /** @throws StoreDamagedException if the file is missing, or its header or its size is wrong */
        Segment open(int number) throws IOException {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    return bug == PlantedBug.OLD_FORM_COUNTS ? plain(number) : packed(number);
                } catch (FileMissingException e) {
                    // the other form, then
                }
                try {
                    return bug == PlantedBug.OLD_FORM_COUNTS ? packed(number) : plain(number);
                } catch (FileMissingException e) {
                    // it may have been replaced just now
                }
            }
            throw new StoreDamagedException(SegmentName.of(number), 0, "the file is missing");
        }

        private Segment packed(int number) throws IOException {
            return packed(number, SegmentName.packed(number));
        }

        /** A packed segment that has this name. */
        Segment packed(int number, String name) throws IOException {
            return closedUnlessRight(disk.open(name, Disk.Access.READ), file -> {
                PackedFile packed = PackedFile.of(file, superblock.storeId(), number, cache);
                return new Segment(number, packed.logicalBytes(), file, packed);
            });
        }

        private Segment plain(int number) throws IOException {
            return closedUnlessRight(disk.open(SegmentName.of(number), Disk.Access.READ), file -> {
                long size = file.size();
                if (checked) {
                    SegmentHeader.check(FixedFile.read(file), superblock.storeId(), number, size);
                }
                return new Segment(number, size, file, null);
            });
        }

        private static Segment closedUnlessRight(DiskFile file, Form form) throws IOException {
            boolean right = false;
            try {
                Segment segment = form.of(file);
                right = true;
                return segment;
            } finally {
                if (!right) {
                    file.close();
                }
            }
        }
    }

    private interface Form {
        Segment of(DiskFile file) throws IOException;
    }

    int number() {
        return number;
    }

    /** How many bytes it has, as it was written. */
    long bytes() {
        return bytes;
    }

    /** How many bytes its file takes. */
    long fileBytes() {
        return fileBytes;
    }

    boolean isPacked() {
        return packed != null;
    }

    /** Reads bytes as they were written; fewer at the end. */
    int read(long offset, byte[] target, int length) throws IOException {
        return packed == null ? file.read(offset, target, 0, length) : packed.read(offset, target, length);
    }

    /**
     * Reads bytes as they were written, by way of a map.
     *
     * @return false if that cannot be; then they are to be read as all others
     */
    boolean readMapped(long offset, byte[] target, int length) throws IOException {
        return packed == null && mapped.read(offset, target, length);
    }

    /** Reports what is damaged in the packed form; what is in it is another matter. Whether there was nothing. */
    boolean verifyForm(JournalVerification.Faults faults) throws IOException {
        boolean[] right = {true};
        if (packed != null) {
            packed.verify((where, offset, damage) -> {
                right[0] = false;
                faults.add(where, offset, damage);
            });
        }
        return right[0];
    }

    /** The checksum of its bytes as they were written. */
    long checksum() throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[PackedFormat.CHUNK_BYTES];
        for (long at = 0; at < bytes; at += buffer.length) {
            crc.update(buffer, 0, read(at, buffer, buffer.length));
        }
        return crc.getValue();
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        mapped.close();
        file.close();
    }
}
