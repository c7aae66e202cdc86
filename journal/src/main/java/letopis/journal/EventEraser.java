package letopis.journal;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Says which events are to be erased, and what is kept of them. */
@FunctionalInterface
public interface EventEraser {
    /**
     * An event that is still there.
     *
     * @param position its position
     * @param payload  its payload, read-only and valid during this call only
     * @return nothing if it is kept. Else what is kept of its payload, at the beginning; the rest of it becomes zeros. At most
     *         as many bytes as the payload has
     */
    Optional<byte[]> erase(long position, ByteBuffer payload);

    /**
     * Whether the payload of a record that takes no position becomes zeros; its kind stays. Asked after all events before it.
     *
     * @param payload its payload, read-only and valid during this call only
     */
    default boolean erases(RecordKind kind, ByteBuffer payload) {
        return false;
    }

    /** An event that was erased earlier, at this position. */
    default void erasedBefore(long position) {}
}
