package letopis.journal.file;

import java.io.IOException;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;
import letopis.store.StoreDamagedException;

/** A segment file that is open for reading; its header and its size were found right. */
final class Segment implements AutoCloseable {
    private final int number;
    private final long bytes;
    private final DiskFile file;

    private Segment(int number, long bytes, DiskFile file) {
        this.number = number;
        this.bytes = bytes;
        this.file = file;
    }

    /** @throws StoreDamagedException if the file is missing, or its header or its size is wrong */
    static Segment open(Disk disk, Superblock superblock, int number) throws IOException {
        DiskFile file;
        try {
            file = disk.open(SegmentName.of(number), Disk.Access.READ);
        } catch (FileMissingException e) {
            throw new StoreDamagedException(SegmentName.of(number), 0, "the file is missing");
        }
        boolean right = false;
        try {
            long bytes = file.size();
            SegmentHeader.check(FixedFile.read(file), superblock.storeId(), number, bytes);
            right = true;
            return new Segment(number, bytes, file);
        } finally {
            if (!right) {
                file.close();
            }
        }
    }

    /** A segment as it is, for looking at damage. */
    static Segment openUnchecked(Disk disk, Superblock superblock, int number) throws IOException {
        try {
            DiskFile file = disk.open(SegmentName.of(number), Disk.Access.READ);
            return new Segment(number, file.size(), file);
        } catch (FileMissingException e) {
            throw new StoreDamagedException(SegmentName.of(number), 0, "the file is missing");
        }
    }

    int number() {
        return number;
    }

    /** The size of the file. */
    long bytes() {
        return bytes;
    }

    DiskFile file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
