package letopis.engine.read;

import java.util.NoSuchElementException;

import letopis.engine.index.PositionCursor;
import letopis.engine.index.PreparedQuery;
import letopis.journal.RecordReader;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import org.jspecify.annotations.Nullable;

/** A read in progress: a cursor of the index that is bounded by the head at its beginning, and a handle of the journal. */
final class EngineReading implements Reading {
    private final Events events;
    private final Query query;
    private final boolean matchesEverything;
    private final long head;
    private final long nowMicros;
    private final PositionCursor cursor;
    private @Nullable RecordReader reader;
    private @Nullable RecordedEvent next;
    private long key = Long.MIN_VALUE;
    private long left;
    private boolean closed;

    EngineReading(Events events, Read read) {
        events.publication().checkOpen();
        this.events = events;
        this.query = read.query();
        this.head = events.publication().head();
        this.nowMicros = events.nowMicros();
        this.left = read.limit();
        PreparedQuery prepared = PreparedQuery.of(query);
        this.matchesEverything = prepared.matchesEverything();
        Range range = Range.of(read, events.index(), head);
        this.cursor = events.index().cursor(prepared, range.lowest(), range.highest(), read.isBackwards());
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
        while (true) {
            key = cursor.seek(key + 1);
            if (key == PositionCursor.END) {
                return null;
            }
            long position = PositionCursor.position(key);
            if (reader == null) {
                reader = events.takeReader();
            }
            @Nullable
            RecordedEvent event = events.read(reader, position);
            // the record has the last word, whatever the index thinks
            if (event != null && (matchesEverything || query.matches(event)) && events.isKept(event, head, nowMicros)) {
                return event;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        giveReaderBack();
    }

    private void giveReaderBack() {
        events.giveBack(reader);
        reader = null;
    }
}
