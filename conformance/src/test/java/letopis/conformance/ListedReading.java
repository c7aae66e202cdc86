package letopis.conformance;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;

import letopis.store.EventStore;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;

/** A reading of events that are in memory. */
class ListedReading implements Reading {
    private final EventStore store;
    private final Iterator<RecordedEvent> events;
    private final LongSupplier head;
    private boolean closed;

    ListedReading(EventStore store, List<RecordedEvent> events, LongSupplier head) {
        this.store = store;
        this.events = events.iterator();
        this.head = head;
    }

    /** All that a read gives, at once. */
    static List<RecordedEvent> all(EventStore store, Read read) {
        try (Reading reading = store.read(read)) {
            return reading.toList();
        }
    }

    @Override
    public long head() {
        return head.getAsLong();
    }

    @Override
    public boolean hasNext() {
        store.head(); // fails if the store is closed
        if (closed) {
            throw new StoreClosedException("the reading");
        }
        return events.hasNext();
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more events");
        }
        return events.next();
    }

    @Override
    public void close() {
        closed = true;
    }
}
