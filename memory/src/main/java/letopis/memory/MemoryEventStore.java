package letopis.memory;

/** An event store in memory, for tests and demonstrations. */
public final class MemoryEventStore {
    private MemoryEventStore() {
    }
}
