package letopis.engine;

import java.util.List;

import letopis.store.EventStore;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;

/** All that can be read of a store, to compare it as a whole. */
record StoreContent(long head, List<RecordedEvent> events, List<StreamInfo> streams) {
    static StoreContent of(EventStore store) {
        try (Reading reading = store.read(Read.all())) {
            return new StoreContent(reading.head(), reading.toList(), store.streams("", "", 1000));
        }
    }
}
