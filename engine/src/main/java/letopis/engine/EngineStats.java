package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Figures of an open store.
 *
 * @param directory      where it is
 * @param readOnly       whether this opening only reads
 * @param events         how many events there are, forgotten ones included
 * @param streams        how many streams there are, deleted and tombstoned ones included
 * @param head           the position of the newest event
 * @param segments       how many segment files there are
 * @param bytesUsed      how many bytes of them hold something
 * @param bytesAllocated how many bytes they take on disk
 * @param durability     what an acknowledged append survives, in words
 * @param openedIn       how long the opening took
 * @param index          figures of the index
 */
public record EngineStats(Path directory, boolean readOnly, long events, long streams, long head, int segments,
        long bytesUsed, long bytesAllocated, String durability, Duration openedIn,
        IndexFigures index) {}
