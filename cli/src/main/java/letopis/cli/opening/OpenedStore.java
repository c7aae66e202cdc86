package letopis.cli.opening;

import java.util.Optional;

import letopis.engine.EmbeddedEventStore;
import letopis.store.EventStore;

/** A store that was opened for a command, and what must be closed with it. */
public sealed interface OpenedStore extends AutoCloseable permits OpenedStore.Embedded, InDatabase {
    /** Where it is. */
    StoreAddress address();

    EventStore store();

    /** What only the store itself can tell about its size and condition. */
    StoreFacts facts();

    @Override
    void close();

    /** A store of the embedded engine. */
    record Embedded(StoreAddress address, EmbeddedEventStore store) implements OpenedStore {
        @Override
        public StoreFacts facts() {
            return EmbeddedFacts.of(store);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** The store, if it is one of the embedded engine. */
    default Optional<EmbeddedEventStore> embedded() {
        return this instanceof Embedded it ? Optional.of(it.store) : Optional.empty();
    }
}
