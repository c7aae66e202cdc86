package letopis.engine;

/** The embedded event store. */
public final class EmbeddedEventStore {
    private EmbeddedEventStore() {
    }
}
