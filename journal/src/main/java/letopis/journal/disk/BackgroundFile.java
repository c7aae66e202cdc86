package letopis.journal.disk;

import java.io.IOException;

/**
 * A file that is written whole beside others which are forced block by block: it is forced along the way, so that those never
 * wait for more than a part of it. For one thread that writes.
 */
public final class BackgroundFile implements DiskFile {
    /** With larger parts the slowest blocks beside them were slower when it was tried. */
    static final int PART_BYTES = 4 << 20;

    private final DiskFile file;
    private long unforced;

    private BackgroundFile(DiskFile file) {
        this.file = file;
    }

    /** Makes a new file. */
    public static BackgroundFile create(Disk disk, String name) throws IOException {
        return new BackgroundFile(disk.open(name, Disk.Access.CREATE));
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int read(long offset, byte[] target, int from, int length) throws IOException {
        return file.read(offset, target, from, length);
    }

    @Override
    public void write(long offset, byte[] source, int from, int length) throws IOException {
        file.write(offset, source, from, length);
        unforced += length;
        if (unforced >= PART_BYTES) {
            force();
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public void force() throws IOException {
        file.force();
        unforced = 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
