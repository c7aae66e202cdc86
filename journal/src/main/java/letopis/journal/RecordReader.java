package letopis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads single records by their places. Reads ahead, so that records read in the order of the log, or against it, cost few
 * reads of the disk. For one thread at a time.
 */
public interface RecordReader extends AutoCloseable {
    /**
     * Goes to the record at a place, and checks it. What the methods below tell is of this record until the next one is gone
     * to; afterwards its array may have become another's.
     *
     * @throws letopis.store.StoreDamagedException if what is there is not what was written
     */
    void seek(long place) throws IOException;

    /**
     * Goes to the record that stands right behind the last one, if there is one at hand, and checks it. Whether there was: a
     * block may have ended, or what was read ahead. Tells nothing of what is wrong with it; {@link #seek} does.
     */
    default boolean next() {
        return false;
    }

    /**
     * The next places are all up to this one, and most of what lies between is going to be read: tells how far to read ahead.
     */
    default void expect(long lastPlace) {}

    /** What the record is that was gone to last. */
    RecordKind kind();

    /** Holds the payload of that record; nobody may change it. */
    byte[] array();

    /** Where in the array the payload begins. */
    int offset();

    /** How many bytes the payload has. */
    int length();

    /**
     * A copy of the payload of the record at a place, checked; of an event that was erased, as {@link #kind} tells, what is
     * kept of it and zeros.
     *
     * @throws letopis.store.StoreDamagedException if what is there is not what was written
     */
    default ByteBuffer read(long place) throws IOException {
        seek(place);
        return ByteBuffer.wrap(Arrays.copyOfRange(array(), offset(), offset() + length()));
    }

    @Override
    void close();
}
