package letopis.journal.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import letopis.journal.disk.BackgroundFile;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;

/**
 * Copies one segment from one directory into another, under a name that does not count yet.
 *
 * <p>A segment behind which others follow is never written again in place: it is replaced as a whole, by another form of it.
 * So a copy of the same size that begins and ends with the same bytes, where header and checksums are, is the same.
 */
final class CopiedSegment {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Disk source;
    private final Disk target;
    private final byte[] buffer = new byte[CHUNK_BYTES];

    CopiedSegment(Disk source, Disk target) {
        this.source = source;
        this.target = target;
    }

    /** Whether the target has this file already, as the source has it. */
    boolean isThere(String name) throws IOException {
        try (DiskFile from = source.open(name, Disk.Access.READ); DiskFile to = target.open(name, Disk.Access.READ)) {
            long size = from.size();
            return size == to.size() && Arrays.equals(bytes(from, 0), bytes(to, 0))
                    && Arrays.equals(bytes(from, size - FixedFile.BYTES), bytes(to, size - FixedFile.BYTES));
        } catch (FileMissingException _) {
            return false;
        }
    }

    private static byte[] bytes(DiskFile file, long at) throws IOException {
        byte[] bytes = new byte[FixedFile.BYTES];
        file.read(Math.max(0, at), bytes, 0, bytes.length);
        return bytes;
    }

    /**
     * Copies a file up to so many bytes; the rest of it becomes zeros.
     *
     * @return how many bytes were copied
     */
    long copy(String name, long upTo) throws IOException {
        return copy(name, name + SegmentSupply.UNFINISHED, upTo);
    }

    private long copy(String name, String as, long upTo) throws IOException {
        target.delete(as);
        try (DiskFile from = source.open(name, Disk.Access.READ);
                DiskFile to = BackgroundFile.create(target, as)) {
            long size = from.size();
            long wanted = Math.min(size, upTo);
            long at = 0;
            while (at < wanted) {
                int read = from.read(at, buffer, 0, (int) Math.min(CHUNK_BYTES, wanted - at));
                if (read == 0) {
                    throw new IOException(
                            name + " of " + source.name() + " ends at " + at + " and had " + size + " bytes");
                }
                to.write(at, buffer, 0, read);
                at += read;
            }
            if (at < size) {
                to.write(size - 1, new byte[1], 0, 1);
            }
            to.force();
            return at;
        }
    }

    /** Copies a whole file under another name. */
    void copyAs(String name, String as) throws IOException {
        copy(name, as, Long.MAX_VALUE);
    }

    /** Gives copies their names, in the order of the log: wherever this is interrupted, what is there is a whole log. */
    void finish(List<String> names) throws IOException {
        for (String name : names) {
            target.rename(name + SegmentSupply.UNFINISHED, name);
            target.forceDirectory();
        }
    }
}
