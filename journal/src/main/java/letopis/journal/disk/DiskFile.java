package letopis.journal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

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

    /**
     * Some bytes of a file that will never be changed nor cut again, to be read in place until the arena is closed, also when
     * the file is closed or has lost its name. Where a file cannot be mapped, it is a copy.
     *
     * @throws IOException if the file ends before
     */
    default MemorySegment map(long offset, long length, Arena arena) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(length)];
        if (read(offset, bytes, 0, bytes.length) < bytes.length) {
            throw new IOException("the file ends before " + (offset + length));
        }
        return MemorySegment.ofArray(bytes);
    }

    /**
     * Bytes of the file to be read in place, as they are at each moment, until the arena is closed; nothing where that cannot be.
     * To touch what the file has lost since, or the disk cannot give, is an {@link InternalError}, but the end of the process
     * in some of the virtual machine's own instructions: so they are to be copied before anything else is done with them.
     *
     * @throws IOException if the file ends before
     */
    default Optional<MemorySegment> view(long offset, long length, Arena arena) throws IOException {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
