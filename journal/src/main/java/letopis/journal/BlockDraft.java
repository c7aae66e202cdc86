package letopis.journal;

/** A block in the making. Places are known at once, so that an index can be made before the block is written. */
public interface BlockDraft {
    /** Whether so many records more fit, with so many bytes of payload together. */
    boolean hasRoomFor(int records, long payloadBytes);

    /** Whether one more record with a payload of so many bytes fits. */
    default boolean hasRoomFor(int payloadBytes) {
        return hasRoomFor(1, payloadBytes);
    }

    /**
     * Adds a record; the payload is copied.
     *
     * @return the place of the record, for {@link RecordReader#read}
     * @throws IllegalStateException if there is no room, or the draft was appended or dropped
     */
    long add(RecordKind kind, byte[] payload, int offset, int length);

    /** How many records it has. */
    int records();
}
