package letopis.sql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreClosedException;
import letopis.store.Subscription;

/**
 * A cursor over the log: what it looks at next comes from the {@link Recent} events where they are, else from the database.
 */
final class SqlSubscription implements Subscription {
    /** Beyond so many events that wait to be looked at a subscriber has fallen behind; after so many without a match it says so. */
    static final int PAGE_EVENTS = 1_000;
    private static final int FETCH_EVENTS = 1_024;

    private final Database database;
    private final Readings readings;
    private final Recent recent;
    private final Query query;
    private final Function<String, StreamFacts> rules;
    private final ArrayDeque<RecordedEvent> page = new ArrayDeque<>();
    /** How far was looked once all of the page is handed out. */
    private long pageEnd;
    private volatile long position;
    private long saidPosition;
    private boolean caughtUp;
    private volatile boolean closed;

    SqlSubscription(Database database, Readings readings, Recent recent, Query query, long after,
            Function<String, StreamFacts> rules) {
        this.database = database;
        this.readings = readings;
        this.recent = recent;
        this.query = query;
        this.rules = rules;
        this.position = after;
        this.pageEnd = after;
        this.saidPosition = after;
    }

    @Override
    public Signal next() throws InterruptedException {
        while (true) {
            Optional<Signal> signal = poll(Duration.ofDays(1));
            if (signal.isPresent()) {
                return signal.get();
            }
        }
    }

    @Override
    public Optional<Signal> poll(Duration wait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long left = wait.compareTo(Duration.ofDays(10_000)) < 0 ? wait.toNanos() : TimeUnit.DAYS.toNanos(10_000);
        while (true) {
            Optional<Signal> signal = look();
            if (signal.isPresent() || left <= 0) {
                return signal;
            }
            left = recent.await(position, left, () -> closed || database.isClosed());
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        closed = true;
        recent.wake();
    }

    private Optional<Signal> look() {
        checkOpen();
        if (caughtUp && page.isEmpty() && recent.position() - position > PAGE_EVENTS) {
            caughtUp = false;
            return Optional.of(new Signal.FellBehind(position, recent.position()));
        }
        while (true) {
            Optional<Signal> next = advance();
            if (next.isPresent()) {
                return next;
            }
            if (position >= recent.position()) {
                break;
            }
            fetch();
        }
        if (!caughtUp) {
            caughtUp = true;
            saidPosition = position;
            return Optional.of(new Signal.CaughtUp(position));
        }
        return Optional.empty();
    }

    /** Hands out the next event of the page, or says how far it looked, or moves on to the end of the page. */
    private Optional<Signal> advance() {
        RecordedEvent next = page.peek();
        long looked = next == null ? pageEnd : next.position() - 1;
        if (looked - saidPosition >= PAGE_EVENTS) {
            position = looked;
            saidPosition = looked;
            return Optional.of(new Signal.Looked(looked));
        }
        if (next == null) {
            position = pageEnd;
            return Optional.empty();
        }
        boolean forgotten = !isReadable(next);
        page.remove();
        position = next.position();
        if (forgotten) {
            return advance();
        }
        saidPosition = position;
        return Optional.of(new Signal.Delivered(next));
    }

    private void fetch() {
        Optional<List<RecordedEvent>> here = recent.above(position, FETCH_EVENTS);
        if (here.isPresent()) {
            here.get().stream().filter(query::matches).forEach(page::add);
            pageEnd = here.get().isEmpty() ? position : here.get().getLast().position();
            return;
        }
        long upTo = recent.position();
        Readings.Page read = database.ask(connection -> readings.byPosition(connection, query, position, upTo, false,
                FETCH_EVENTS, false));
        page.addAll(read.events());
        pageEnd = read.isLast() ? upTo : read.reached().map(RecordedEvent::position).orElse(upTo);
    }

    /** Whether an event can still be read at the moment it is handed out. */
    private boolean isReadable(RecordedEvent event) {
        return recent.forgets() == 0 || rules.apply(event.stream())
                .shows(event.revision(), event.time(), readings.now());
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException("the subscription");
        }
        if (database.isClosed()) {
            throw new StoreClosedException(database.dialect().product());
        }
    }
}
