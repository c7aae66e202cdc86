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
    private final Events events;
    private final long head;
    private final long nowMicros;
    private final ReadAhead ahead;
    private @Nullable EventReader reader;
    private @Nullable RecordedEvent next;
    private long left;
    private boolean closed;

    EngineReading(Events events, Read read) {
        events.publication().checkOpen();
        this.events = events;
        this.head = events.publication().head();
        this.nowMicros = events.nowMicros();
        this.left = read.limit();
        PreparedQuery prepared = PreparedQuery.of(read.query());
        Range range = Range.of(read, events.index(), head);
        PositionCursor cursor = events.index().cursor(prepared, range.lowest(), range.highest(), read.isBackwards());
        this.ahead = new ReadAhead(new Wanted(events, prepared), read.isBackwards(), cursor, left);
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
            RecordedEvent event = ahead.next(reader);
            if (event == null || events.isKept(event, head, nowMicros)) {
                return event;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ahead.close();
        giveReaderBack();
    }

    private void giveReaderBack() {
        events.giveBack(reader);
        reader = null;
    }
}
