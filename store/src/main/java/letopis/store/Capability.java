package letopis.store;

/** What not every store can do. A store that lacks one refuses what needs it with a {@link NotSupportedException}. */
public enum Capability {
    /** Writes at all; a store opened read-only does not. */
    APPEND("appending"),
    /** Conditions over queries: {@link Condition.NoEventsMatch}. */
    QUERY_CONDITIONS("conditions over queries"),
    /** An append to more than one stream. */
    SEVERAL_STREAMS("appends to several streams"),
    /** Recorded times given by the appender. */
    GIVEN_TIME("recorded times given by the appender"),
    /** {@link Forget.Truncate}, {@link Forget.Delete} and {@link Forget.Tombstone}. */
    FORGET("forgetting"),
    /** {@link Forget.Retain}. */
    RETENTION("retention by age and count"),
    /** Positions are 1, 2, 3 … without holes. */
    GAPLESS_POSITIONS("positions without holes"),
    /** What was appended is there again when the store is closed and opened. */
    DURABLE("keeping events after it is closed");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /** The capability in words, for messages. */
    @Override
    public String toString() {
        return words;
    }
}
