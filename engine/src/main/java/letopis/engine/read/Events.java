package letopis.engine.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

import letopis.engine.index.Index;
import letopis.engine.record.EventRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.engine.record.Name;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreFailedException;
import letopis.store.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The events of a store, for those who read: the index says where they are, the journal has them, and the publication says up
 * to where they may be seen. Safe for any number of threads.
 */
public final class Events {
    /** Handles of the journal that are kept for the next reading; they have buffers that cost more than they do. */
    private static final int MAX_IDLE_READERS = 32;

    private final Journal journal;
    private final Index index;
    private final Publication publication;
    private final InstantSource clock;
    private final ArrayBlockingQueue<RecordReader> idle = new ArrayBlockingQueue<>(MAX_IDLE_READERS);

    public Events(Journal journal, Index index, Publication publication, InstantSource clock) {
        this.journal = journal;
        this.index = index;
        this.publication = publication;
        this.clock = clock;
    }

    public Index index() {
        return index;
    }

    public Publication publication() {
        return publication;
    }

    /** The clock's time in microseconds since 1970. */
    public long nowMicros() {
        return micros(clock.instant());
    }

    /**
     * A time in microseconds since 1970, rounded down.
     *
     * @throws IllegalArgumentException if it is more than 292,000 years away
     */
    public static long micros(Instant time) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time.truncatedTo(ChronoUnit.MICROS));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the time " + time + " cannot be recorded in microseconds", e);
        }
    }

    public Reading read(Read read) {
        return new EngineReading(this, read);
    }

    public Subscription subscribe(Query query, long after) {
        return new EngineSubscription(this, query, after);
    }

    /** The event at a position, forgotten or not. */
    public RecordedEvent at(long position) {
        return find(position).orElseThrow(
                () -> new StoreFailedException("the event at position " + position + " was erased",
                        new IllegalStateException()));
    }

    /** The event at a position, forgotten or not; nothing if it was erased. */
    public Optional<RecordedEvent> find(long position) {
        RecordReader reader = takeReader();
        try {
            return Optional.ofNullable(read(reader, position));
        } finally {
            giveBack(reader);
        }
    }

    /** A handle to read with, to be given back. */
    RecordReader takeReader() {
        RecordReader reader = idle.poll();
        return reader != null ? reader : journal.reader();
    }

    void giveBack(@Nullable RecordReader reader) {
        if (reader != null && (publication.isClosed() || !idle.offer(reader))) {
            reader.close();
        }
    }

    /** Whether a read at this head and time sees an event, or it is forgotten. */
    boolean isKept(RecordedEvent event, long head, long nowMicros) {
        return !index.hasRules() || index.isKept(Name.of(event.stream()), event.revision(), micros(event.time()), head,
                nowMicros);
    }

    /** The event at a position, forgotten or not; null if it was erased. */
    @Nullable
    RecordedEvent read(RecordReader reader, long position) {
        publication.checkOpen();
        long place = index.place(position);
        try {
            ByteBuffer payload = reader.read(place);
            if (reader.kind() == RecordKind.ERASED) {
                return null;
            }
            RecordedEvent event = EventRecord.decode(payload.array(), payload.arrayOffset() + payload.position(),
                    payload.remaining());
            if (event.position() != position) {
                throw journal.damaged(place,
                        "the event at position " + event.position() + " was found where that at " + position + " was");
            }
            return index.addedTags().isEmpty() ? event : index.addedTags().applied(event);
        } catch (MalformedRecordException e) {
            throw journal.damaged(place,
                    "the event at position " + position + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            publication.checkOpen();
            throw new StoreFailedException("the event at position " + position + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** Gives the handles back to the journal. */
    public void close() {
        for (RecordReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }
}
