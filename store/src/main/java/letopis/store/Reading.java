package letopis.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A read in progress: events one after the other, fetched as they are asked for. It sees the store as it was when the read
 * was opened: nothing above {@link #head()}, however long it takes. (What is forgotten meanwhile may be missing.)
 *
 * <p>For one thread at a time, and once; to read again, open the same {@link Read} again. Close it when done.
 *
 * <pre>{@code
 * try (Reading reading = store.read(Read.stream("order-17"))) {
 *     for (RecordedEvent event : reading) { … }
 *     long head = reading.head();
 * }
 * }</pre>
 */
@SuppressWarnings("IterableAndIterator") // it can be gone through once, and says so: a for loop is how it is read
public interface Reading extends Iterator<RecordedEvent>, Iterable<RecordedEvent>, AutoCloseable {
    /**
     * The position of the store's newest event at the moment the read was opened, whether it matched or not; 0 for an empty
     * store. This is what a condition's {@code after} takes.
     */
    long head();

    /** @throws StoreException if the events cannot be read */
    @Override
    boolean hasNext();

    /**
     * @throws NoSuchElementException if there is none left
     * @throws StoreException         if the event cannot be read
     */
    @Override
    RecordedEvent next();

    /** Itself: the events that are left. */
    @Override
    default Iterator<RecordedEvent> iterator() {
        return this;
    }

    /** The events that are left, in memory. */
    default List<RecordedEvent> toList() {
        List<RecordedEvent> events = new ArrayList<>();
        forEachRemaining(events::add);
        return events;
    }

    /** The next event, if there is one. */
    default Optional<RecordedEvent> first() {
        return hasNext() ? Optional.of(next()) : Optional.empty();
    }

    @Override
    void close();
}
