package letopis.sql;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import org.jspecify.annotations.Nullable;

/**
 * A read in progress. Holds no connection between its pages, so that a slow reader keeps nobody from one; the next page goes on behind the
 * last event. The first page and the head are of one moment, and later pages end at that head. A read that is long enough has its next page
 * read while the one before is worked on.
 */
final class SqlReading implements Reading {
    private final Readings readings;
    private final Database database;
    private final Read read;
    private final Optional<String> stream;
    private final long head;
    private final ArrayDeque<RecordedEvent> page = new ArrayDeque<>();
    private @Nullable CompletableFuture<Readings.Page> ahead;
    private Readings.Range left;
    private int limit = Readings.FIRST_PAGE;
    private long remaining;
    private boolean ended;
    private volatile boolean closed;

    SqlReading(Readings readings, Database database, Read read) {
        this.readings = readings;
        this.database = database;
        this.read = read;
        this.stream = read.query().singleStream();
        this.remaining = read.limit();
        this.left = read.from().isEmpty() && read.to().isEmpty()
                ? Readings.Range.ALL
                : database.ask(connection -> readings.range(connection, read));
        limit = (int) Math.min(limit, remaining);
        Readings.Page first = fetch();
        this.head = first.head();
        this.left = left.upTo(head);
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            throw new StoreClosedException("the reading");
        }
        if (database.isClosed()) {
            throw new StoreClosedException(database.dialect().product());
        }
        while (page.isEmpty() && !ended && remaining > 0) {
            fetch();
        }
        return !page.isEmpty();
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the reading has no more events");
        }
        return page.remove();
    }

    @Override
    public void close() {
        closed = true;
        page.clear();
    }

    private Readings.Page fetch() {
        Readings.Page next = ahead == null ? load(left, limit) : loaded(ahead);
        ahead = null;
        for (RecordedEvent event : next.events()) {
            if (remaining > 0 && isWithin(event)) {
                page.add(event);
                remaining--;
            }
        }
        ended = next.isLast();
        next.reached()
                .ifPresent(it -> left = stream.isPresent()
                        ? left.afterRevision(it.revision(), read.isBackwards())
                        : left.afterPosition(it.position(), read.isBackwards()));
        ended |= left.isEmpty();
        boolean goesOn = limit > Readings.FIRST_PAGE;
        limit = next(next);
        if (goesOn && !ended && remaining > 0) {
            ahead = loadAhead(left, limit);
        }
        return next;
    }

    private Readings.Page load(Readings.Range range, int events) {
        return database.ask(connection -> stream.isPresent()
                ? readings.byRevision(connection, read.query(), stream.get(), range, read.isBackwards(), events)
                : readings.byPosition(connection, read.query(), range.above(), range.upTo(), read.isBackwards(), events,
                        false));
    }

    /** The page after this one, while this one is worked on; of reads that went on beyond their first page. */
    private CompletableFuture<Readings.Page> loadAhead(Readings.Range range, int events) {
        var future = new CompletableFuture<Readings.Page>();
        Thread.ofVirtual().name("letopis-sql-reading").start(() -> {
            try {
                future.complete(load(range, events));
            } catch (Throwable e) { // whatever went wrong is the reader's
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private static Readings.Page loaded(CompletableFuture<Readings.Page> ahead) {
        try {
            return ahead.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw e;
        }
    }

    /** Pages grow while a read goes on, and shrink where events are large. */
    private int next(Readings.Page last) {
        long bySize = Readings.PAGE_BYTES / Math.max(1, last.bytes() / Math.max(1, last.lookedAt()));
        long grown = Math.min(4L * limit, Math.max(1, bySize));
        long wanted = Math.min(grown, remaining == Read.NO_LIMIT ? grown : Math.max(remaining, 16));
        return Math.clamp(wanted, 1, Readings.LARGEST_PAGE);
    }

    /** The bounds of a read are found out a moment before its first page; the event has the last word. */
    private boolean isWithin(RecordedEvent event) {
        Optional<Point> low = read.isBackwards() ? read.to() : read.from();
        Optional<Point> high = read.isBackwards() ? read.from() : read.to();
        return (low.isEmpty() || compare(event, low.get()) >= 0) && (high.isEmpty() || compare(event, high.get()) <= 0);
    }

    private static int compare(RecordedEvent event, Point point) {
        return switch (point) {
            case Point.Revision it -> Long.compare(event.revision(), it.revision());
            case Point.Position it -> Long.compare(event.position(), it.position());
            case Point.Time it -> event.time().compareTo(it.time());
        };
    }
}
