package letopis.benchmarks.contender;

import java.util.List;

/**
 * A store under measurement, open. Appends may come from any number of threads, each with its own stream or not; reads come
 * from one thread.
 */
public interface Contender extends AutoCloseable {
    /**
     * Appends events to a stream. On return they have been forced to disk.
     *
     * @param expectedRevision the revision the stream is expected at, -1 for none
     * @return the new revision of the stream
     * @throws StaleRevisionException if it is at another
     */
    long append(String stream, long expectedRevision, List<Sample> events) throws StaleRevisionException;

    /** Puts all of this into the empty store as fast as it goes; all of it is on disk on return. */
    void fill(Filling filling) throws Exception;

    /** Reads all events of a stream in order. */
    void load(String stream, Tally tally);

    /** Reads all events, in the order of the store where it has one. */
    void readAll(Tally tally);

    /** Reads the events that have a tag. */
    void readTag(String tag, Tally tally);

    /** Reads the events of a type. */
    void readType(String type, Tally tally);

    @Override
    void close();
}
