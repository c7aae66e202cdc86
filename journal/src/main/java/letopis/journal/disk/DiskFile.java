package letopis.journal.disk;

import java.io.IOException;

/** An open file. Safe for any number of threads; cannot be interrupted. Offsets are in bytes from the beginning. */
public interface DiskFile extends AutoCloseable {
    /** The size in bytes. */
    long size() throws IOException;

    /**
     * Reads so many bytes, or up to the end of the file.
     *
     * @return how many bytes were read; 0 at the end of the file and behind it
     */
    int read(long offset, byte[] target, int from, int length) throws IOException;

    /** Writes all of the bytes; the file grows where needed. Durable after {@link #force} only. */
    void write(long offset, byte[] source, int from, int length) throws IOException;

    /** Cuts the file to a smaller size. Durable after {@link #force} only. */
    void truncate(long size) throws IOException;

    /** Makes what was written durable. If it fails, what was written since the last force may be lost for good. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
