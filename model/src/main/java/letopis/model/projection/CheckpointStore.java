package letopis.model.projection;

import java.util.Optional;

/**
 * Where projections that hold their state in memory keep it, together with their checkpoint. Safe for any number of threads;
 * each projection is kept by one at a time.
 */
public interface CheckpointStore {
    /**
     * What was saved last.
     *
     * @throws CheckpointException if it cannot be read, or is damaged
     */
    Optional<Checkpoint> load(String projection, int version);

    /**
     * Saves this instead of what was saved before. After a crash there is the one or the other, and nothing in between.
     *
     * @throws CheckpointException if it cannot be written
     */
    void save(String projection, int version, Checkpoint checkpoint);

    /** One that keeps everything in memory, and nothing when the process ends. */
    static CheckpointStore inMemory() {
        return new MemoryCheckpoints();
    }
}
