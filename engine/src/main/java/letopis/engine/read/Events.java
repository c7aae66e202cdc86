package letopis.engine.read;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;

import letopis.engine.index.Index;
import letopis.engine.record.Name;
import letopis.journal.Journal;
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
    /** Handles that are kept for the next reading, with a window of at most 256 KiB each, which costs more than they do. */
    private static final int MAX_IDLE_READERS = 32;

    private final Journal journal;
    private final Index index;
    private final Publication publication;
    private final InstantSource clock;
    private final ArrayBlockingQueue<EventReader> idle = new ArrayBlockingQueue<>(MAX_IDLE_READERS);
    private final SharedEvents shared = new SharedEvents();
    /** As many readings are read ahead at a time as there are processors beside the first. */
    private final Semaphore readsAhead = new Semaphore(Runtime.getRuntime().availableProcessors() - 1);

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
        EventReader reader = takeReader();
        try {
            return Optional.ofNullable(read(reader, position));
        } finally {
            giveBack(reader);
        }
    }

    /** A handle to read with, to be given back. */
    EventReader takeReader() {
        EventReader reader = idle.poll();
        return reader != null ? reader : new EventReader(journal, index, publication);
    }

    void giveBack(@Nullable EventReader reader) {
        if (reader != null) {
            reader.expectNothing();
            if (publication.isClosed() || !idle.offer(reader)) {
                reader.close();
            }
        }
    }

    /** Whether one more reading may be read ahead; if so, until {@link #endReadAhead}. */
    boolean mayReadAhead() {
        return readsAhead.tryAcquire();
    }

    void endReadAhead() {
        readsAhead.release();
    }

    /** What subscriptions read. */
    SharedEvents shared() {
        return shared;
    }

    /** Keeps nothing in memory of events that were read: some were erased. */
    public void dropShared() {
        shared.clear();
    }

    /** Whether a read at this head and time sees an event, or it is forgotten. */
    boolean isKept(RecordedEvent event, long head, long nowMicros) {
        return !index.hasRules() || index.isKept(Name.of(event.stream()), event.revision(), micros(event.time()), head,
                nowMicros);
    }

    /** The event at a position, forgotten or not; null if it was erased. */
    @Nullable
    RecordedEvent read(EventReader reader, long position) {
        RecordedEvent event = reader.read(position);
        return event == null ? null : withAddedTags(event);
    }

    /** The event with the tags that it has by now. */
    RecordedEvent withAddedTags(RecordedEvent event) {
        return index.addedTags().isEmpty() ? event : index.addedTags().applied(event);
    }

    /** Gives the handles back to the journal. */
    public void close() {
        for (EventReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }
}
