package letopis.journal;

/** A block in the making. Places are known at once, so that an index can be made before the block is written. */
public interface BlockDraft {
    /** Whether a record with a payload of so many bytes fits, too. */
    boolean hasRoomFor(int payloadBytes);

    /**
     * Adds a record; the payload is copied.
     *
     * @return the place of the record, for {@link RecordReader#read}
     */
    long add(RecordKind kind, byte[] payload, int offset, int length);

    /** How many records it has. */
    int records();
}
