package letopis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads single records by their places. Reads ahead, so that records read in the order of the log, or against it, cost few
 * reads of the disk. For one thread at a time.
 */
public interface RecordReader extends AutoCloseable {
    /**
     * The payload of the record at a place, checked.
     *
     * @return the payload in an array that nobody changes later, from the buffer's position to its limit; of an event that
     *         was erased, as {@link #kind} tells, what is kept of it and zeros
     * @throws letopis.store.StoreDamagedException if what is there is not what was written
     */
    ByteBuffer read(long place) throws IOException;

    /** What the record is that was read last. */
    RecordKind kind();

    @Override
    void close();
}
