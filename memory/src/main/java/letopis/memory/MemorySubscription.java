package letopis.memory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreClosedException;
import letopis.store.Subscription;

/** A cursor over all events: the position it has looked at last, and what it has said. */
final class MemorySubscription implements Subscription {
    static final int PAGE_EVENTS = 256;
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final MemoryEventStore store;
    private final Log log;
    private final Query query;
    private final List<RecordedEvent> events;
    private volatile long position;
    private int withoutMatch;
    private boolean caughtUp;
    private volatile boolean closed;

    /** Called under the store's lock. */
    MemorySubscription(MemoryEventStore store, Log log, Query query, long after) {
        if (after < 0) {
            throw new IllegalArgumentException("there is no position " + after + "; 0 stands before the first event");
        }
        if (after > log.head()) {
            throw new PositionBeyondHeadException(after, log.head());
        }
        this.store = store;
        this.log = log;
        this.query = query;
        this.events = log.candidates(Query.all());
        this.position = after;
    }

    @Override
    public Signal next() throws InterruptedException {
        while (true) {
            Optional<Signal> signal = poll(FOR_EVER);
            if (signal.isPresent()) {
                return signal.get();
            }
        }
    }

    @Override
    public Optional<Signal> poll(Duration wait) throws InterruptedException {
        return store.await(wait, this::look);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        closed = true;
        store.wakeAll();
    }

    private Optional<Signal> look() {
        if (closed) {
            throw new StoreClosedException("the subscription");
        }
        if (caughtUp && log.head() - position > PAGE_EVENTS) {
            caughtUp = false;
            return Optional.of(new Signal.FellBehind(position, log.head()));
        }
        while (position < log.head()) {
            RecordedEvent event = events.get((int) position);
            position = event.position();
            if (log.shows(query, event)) {
                withoutMatch = 0;
                return Optional.of(new Signal.Delivered(event));
            }
            if (++withoutMatch == PAGE_EVENTS) {
                withoutMatch = 0;
                return Optional.of(new Signal.Looked(position));
            }
        }
        if (!caughtUp) {
            caughtUp = true;
            return Optional.of(new Signal.CaughtUp(position));
        }
        return Optional.empty();
    }
}
