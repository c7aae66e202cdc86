package letopis.engine.read;

import java.io.IOException;

import letopis.engine.index.Index;
import letopis.engine.record.EventDecoder;
import letopis.engine.record.MalformedRecordException;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.store.RecordedEvent;
import letopis.store.StoreFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads events by their positions, through a handle of the journal. The event that follows the last one mostly stands right
 * behind it: that is looked for there first, and in the index only if the record there is not the one at the position. For one
 * thread at a time.
 */
final class EventReader implements AutoCloseable {
    private static final long NOWHERE = -1;
    /** Up to so many bytes an event are read in one go with the bytes between them, which costs less than reads of their own. */
    private static final long DENSE_BYTES = 1 << 10;

    private final Journal journal;
    private final Index index;
    private final Publication publication;
    private final RecordReader records;
    private final EventDecoder decoder = new EventDecoder();
    private long lastPosition = NOWHERE;

    EventReader(Journal journal, Index index, Publication publication) {
        this.journal = journal;
        this.index = index;
        this.publication = publication;
        this.records = journal.reader();
    }

    /**
     * So many events between these positions, both included, are read next, in order.
     *
     * @return whether they stand so near to each other that they are read in one go
     */
    boolean expect(long lowest, long highest, int count) {
        boolean one = highest == lowest;
        long to = one ? 0 : index.place(highest);
        boolean dense = !one && (highest - lowest < count || to - index.place(lowest) <= count * DENSE_BYTES);
        records.expect(dense ? to : 0);
        return dense;
    }

    /** Nothing is known of what is read next. */
    void expectNothing() {
        records.expect(0);
    }

    /** How many bytes the record had that was read last. */
    int recordBytes() {
        return records.length();
    }

    /** The event at a position as it was written, forgotten or not; null if it was erased. */
    @Nullable
    RecordedEvent read(long position) {
        publication.checkOpen();
        boolean follows = position == lastPosition + 1 && lastPosition != NOWHERE;
        lastPosition = NOWHERE;
        RecordedEvent event = follows ? readBehind(position) : null;
        if (event == null) {
            event = readAt(index.place(position), position);
        }
        lastPosition = position;
        return event;
    }

    /** The event at a position if its record stands right behind the last one; null if there is anything else. */
    private @Nullable RecordedEvent readBehind(long position) {
        if (!records.next() || records.kind() != RecordKind.EVENT) {
            return null;
        }
        try {
            RecordedEvent event = decoder.decode(records.array(), records.offset(), records.length());
            return event.position() == position ? event : null;
        } catch (MalformedRecordException _) {
            return null;
        }
    }

    private @Nullable RecordedEvent readAt(long place, long position) {
        try {
            records.seek(place);
            if (records.kind() == RecordKind.ERASED) {
                return null;
            }
            RecordedEvent event = decoder.decode(records.array(), records.offset(), records.length());
            if (event.position() != position) {
                throw journal.damaged(place,
                        "the event at position " + event.position() + " was found where that at " + position + " was");
            }
            return event;
        } catch (MalformedRecordException e) {
            throw journal.damaged(place,
                    "the event at position " + position + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            publication.checkOpen();
            throw new StoreFailedException("the event at position " + position + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
