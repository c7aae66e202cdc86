package letopis.engine.read;

import java.util.NoSuchElementException;

import letopis.engine.index.PositionCursor;
import letopis.engine.index.PreparedQuery;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import org.jspecify.annotations.Nullable;

/** A read in progress: a cursor of the index that is bounded by the head at its beginning, and a handle of the journal. */
final class EngineReading implements Reading {
    /** So many events are read one by one before it is worth the while to read ahead. */
    private static final int ALONE = 16;

    private final Events events;
    private final Wanted wanted;
    private final boolean backwards;
    private final long head;
    private final long nowMicros;
    private final PositionCursor cursor;
    private @Nullable EventReader reader;
    private @Nullable ReadAhead ahead;
    private @Nullable RecordedEvent next;
    private long key = Long.MIN_VALUE;
    private int alone;
    private long left;
    private boolean closed;

    EngineReading(Events events, Read read) {
        events.publication().checkOpen();
        this.events = events;
        this.head = events.publication().head();
        this.nowMicros = events.nowMicros();
        this.left = read.limit();
        PreparedQuery prepared = PreparedQuery.of(read.query());
        this.wanted = new Wanted(events, prepared);
        this.backwards = read.isBackwards();
        Range range = Range.of(read, events.index(), head);
        this.cursor = events.index().cursor(prepared, range.lowest(), range.highest(), backwards);
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
        events.publication().checkOpen();
        if (next == null && left > 0) {
            next = advance();
            left = next == null ? 0 : left - 1;
        }
        if (next == null) {
            giveReaderBack();
        }
        return next != null;
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

    private @Nullable RecordedEvent advance() {
        if (reader == null) {
            reader = events.takeReader();
        }
        while (true) {
            if (ahead == null && alone == ALONE && left > ALONE) {
                ahead = new ReadAhead(wanted, backwards, cursor, key, alone);
            }
            RecordedEvent event = ahead == null ? readAlone(reader) : ahead.next(reader);
            if (event == null || events.isKept(event, head, nowMicros)) {
                return event;
            }
        }
    }

    private @Nullable RecordedEvent readAlone(EventReader with) {
        RecordedEvent event = null;
        while (event == null) {
            long found = cursor.seek(key + 1);
            if (found == PositionCursor.END) {
                return null;
            }
            event = wanted.of(with.read(PositionCursor.position(found)));
            key = found;
        }
        alone++;
        return event;
    }

    @Override
    public void close() {
        closed = true;
        if (ahead != null) {
            ahead.close();
        }
        giveReaderBack();
    }

    private void giveReaderBack() {
        events.giveBack(reader);
        reader = null;
    }
}
