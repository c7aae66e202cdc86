package letopis.engine.read;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import letopis.engine.index.PositionCursor;
import letopis.engine.index.PreparedQuery;
import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreClosedException;
import letopis.store.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A subscription: the position it has looked up to, and a cursor of the index over what is published beyond it. Old events and
 * new ones come the same way: whenever the cursor is at its end and more is published, there is a new one. So nothing can get
 * lost between catching up and going on, and nothing but this object grows or waits for a slow subscriber.
 */
final class EngineSubscription implements Subscription {
    /** So many events waiting to be looked at are too many, and so many looked at without a match are worth a word. */
    static final long PAGE_EVENTS = 4_096;

    private final Events events;
    private final Publication publication;
    private final Wanted wanted;
    private final Publication.Waiter waiter = new Publication.Waiter();
    private final AtomicReference<@Nullable EventReader> idleReader = new AtomicReference<>();
    private volatile long position;
    private volatile boolean closed;
    private PositionCursor cursor = PositionCursor.none();
    private EventPage page = EventPage.NONE;
    private long cursorHead;
    private long lastSaid;
    private boolean caughtUp;

    EngineSubscription(Events events, Query query, long after) {
        if (after < 0) {
            throw new IllegalArgumentException("there is no position " + after + "; 0 stands before the first event");
        }
        this.events = events;
        this.publication = events.publication();
        this.wanted = new Wanted(events, PreparedQuery.of(query));
        publication.checkOpen();
        long head = publication.head();
        if (after > head) {
            throw new PositionBeyondHeadException(after, head);
        }
        this.position = after;
        this.cursorHead = after;
        this.lastSaid = after;
    }

    @Override
    public Signal next() throws InterruptedException {
        while (true) {
            Optional<Signal> signal = poll(Long.MAX_VALUE);
            if (signal.isPresent()) {
                return signal.get();
            }
        }
    }

    @Override
    public Optional<Signal> poll(Duration wait) throws InterruptedException {
        return poll(wait.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? wait.toNanos() : Long.MAX_VALUE);
    }

    private Optional<Signal> poll(long waitNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long begin = System.nanoTime();
        while (true) {
            checkOpen();
            Signal signal = look();
            if (signal != null) {
                return Optional.of(signal);
            }
            publication.ended().ifPresent(why -> {
                throw why;
            });
            long left = waitNanos - (System.nanoTime() - begin);
            if (left <= 0) {
                return Optional.empty();
            }
            giveReaderBack();
            page = EventPage.NONE;
            publication.await(waiter, position, left);
        }
    }

    /** What there is to say now; null if it is up to new events. */
    private @Nullable Signal look() {
        while (true) {
            if (position - lastSaid >= PAGE_EVENTS) {
                lastSaid = position;
                return new Signal.Looked(position);
            }
            if (position == cursorHead && !turnPage()) {
                if (caughtUp) {
                    return null;
                }
                caughtUp = true;
                return new Signal.CaughtUp(position);
            }
            long head = publication.head();
            if (caughtUp && head - position > PAGE_EVENTS) {
                caughtUp = false;
                return new Signal.FellBehind(position, head);
            }
            long found = cursor.seek(position + 1);
            if (Math.min(found - 1, cursorHead) - lastSaid >= PAGE_EVENTS) {
                position = lastSaid + PAGE_EVENTS;
                continue;
            }
            if (found == PositionCursor.END) {
                position = cursorHead;
            } else {
                RecordedEvent event = read(found);
                position = found;
                if (event != null) {
                    lastSaid = position;
                    return new Signal.Delivered(event);
                }
            }
        }
    }

    /** Puts the cursor over what was published since; false if that is nothing. */
    private boolean turnPage() {
        long head = publication.head();
        if (head <= position) {
            return false;
        }
        cursor = events.index().cursor(wanted.query(), position + 1, head, false);
        cursorHead = head;
        return true;
    }

    /** The event at a position; null if it is not wanted or forgotten. */
    private @Nullable RecordedEvent read(long at) {
        if (!page.has(at)) {
            page = events.shared().page(at);
        }
        RecordedEvent known = page.get(at);
        RecordedEvent event = wanted.of(known != null ? known : readInto(page, at));
        return event != null && (!events.index().hasRules()
                || events.isKept(event, publication.head(), events.nowMicros())) ? event : null;
    }

    private @Nullable RecordedEvent readInto(EventPage its, long at) {
        EventReader reader = idleReader.getAndSet(null);
        if (reader == null) {
            reader = events.takeReader();
        }
        try {
            return its.read(at, wanted.query().matchesEverything() ? cursorHead : at, reader);
        } finally {
            idleReader.set(reader);
            if (closed) {
                giveReaderBack();
            }
        }
    }

    private void giveReaderBack() {
        events.giveBack(idleReader.getAndSet(null));
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException("the subscription");
        }
        publication.checkOpen();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        closed = true;
        publication.wake(waiter);
        publication.remove(waiter);
        giveReaderBack();
    }
}
