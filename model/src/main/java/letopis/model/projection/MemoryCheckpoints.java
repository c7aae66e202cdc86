package letopis.model.projection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checkpoints that last as long as the process. */
final class MemoryCheckpoints implements CheckpointStore {
    private record Key(String projection, int version) {}

    private final Map<Key, Checkpoint> saved = new ConcurrentHashMap<>();

    @Override
    public Optional<Checkpoint> load(String projection, int version) {
        return Optional.ofNullable(saved.get(new Key(projection, version)));
    }

    @Override
    public void save(String projection, int version, Checkpoint checkpoint) {
        saved.put(new Key(projection, version), checkpoint);
    }
}
