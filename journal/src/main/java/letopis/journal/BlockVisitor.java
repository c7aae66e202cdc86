package letopis.journal;

import java.nio.ByteBuffer;

/** Sees records in the order of the log. */
public interface BlockVisitor {
    /**
     * A record.
     *
     * @param block    the number of its block
     * @param kind     what it is
     * @param position the position of an event, also of an erased one; for another record the position of the last event before it
     * @param place    its place, for {@link RecordReader#read}
     * @param payload  its payload, read-only and valid during this call only
     */
    void record(long block, RecordKind kind, long position, long place, ByteBuffer payload);

    /**
     * All records of a block were seen.
     *
     * @param block        its number
     * @param lastPosition the position of the newest event in it or before it
     */
    default void endOfBlock(long block, long lastPosition) {}
}
