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
}
