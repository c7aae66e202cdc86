package letopis.memory;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import org.jspecify.annotations.Nullable;

/** A read in progress: a range of the candidates as it was at the start, looked at one by one as events are asked for. */
final class MemoryReading implements Reading {
    private final MemoryEventStore store;
    private final Log log;
    private final Read read;
    private final long head;
    private final List<RecordedEvent> candidates;
    private int low;
    private int high;
    private long left;
    private @Nullable RecordedEvent next;
    private volatile boolean closed;

    /** Called under the store's lock. */
    MemoryReading(MemoryEventStore store, Log log, Read read) {
        this.store = store;
        this.log = log;
        this.read = read;
        this.head = log.head();
        this.left = read.limit();
        this.candidates = log.candidates(read.query());
        Optional<Point> lowest = read.isBackwards() ? read.to() : read.from();
        Optional<Point> highest = read.isBackwards() ? read.from() : read.to();
        low = lowest.map(it -> firstWhere(event -> compare(event, it) >= 0)).orElse(0);
        high = highest.map(it -> firstWhere(event -> compare(event, it) > 0)).orElse(candidates.size());
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
        return store.whileOpen(() -> {
            if (next == null && left > 0) {
                next = advance();
                left--;
            }
            return next != null;
        });
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the reading has no more events");
        }
        RecordedEvent event = next;
        next = null;
        return event;
    }

    @Override
    public void close() {
        closed = true;
    }

    private @Nullable RecordedEvent advance() {
        while (low < high) {
            RecordedEvent event = candidates.get(read.isBackwards() ? --high : low++);
            if (log.shows(read.query(), event)) {
                return event;
            }
        }
        return null;
    }

    /** The index of the first candidate for which this holds, as it does for all after it. */
    private int firstWhere(Predicate<RecordedEvent> holds) {
        int from = 0;
        int to = candidates.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (holds.test(candidates.get(middle))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private static int compare(RecordedEvent event, Point point) {
        return switch (point) {
            case Point.Revision it -> Long.compare(event.revision(), it.revision());
            case Point.Position it -> Long.compare(event.position(), it.position());
            case Point.Time it -> event.time().compareTo(it.time());
        };
    }
}
