package letopis.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One atomic unit of writing: events for one or several streams, under conditions. All of them become visible, or none.
 *
 * <pre>{@code
 * Append.to("order-17").expectingNoStream().of(created);
 * Append.to("order-17").expectingRevision(4).of(shipped, invoiced);
 * Append.to("account-a").expectingRevision(7).of(withdrawn).andTo("account-b").of(deposited);
 * Append.to("enrolment-9").of(enrolled).failIfEventsMatch(Query.tag("course:c1"), reading.head());
 * }</pre>
 *
 * @param entries      at least one event, in the order of the positions they will get
 * @param conditions   all of them must hold
 * @param recordedTime the time to record, for history that is moved here; else the store's own clock
 */
public record Append(List<Entry> entries, List<Condition> conditions, Optional<RecordedTime> recordedTime) {
    /** @throws IllegalArgumentException if there is no event */
    public Append {
        entries = List.copyOf(entries);
        conditions = List.copyOf(conditions);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("an append has at least one event");
        }
    }

    /** An event and the stream it is to be filed in. */
    public record Entry(String stream, Event event) {}

    /**
     * The recorded time of an append that moves history.
     *
     * @param time         rounded down to whole microseconds
     * @param raiseIfOlder what to do if the newest event of the store was recorded later than this: true records the
     *                     newest event's time, false refuses the append
     */
    public record RecordedTime(Instant time, boolean raiseIfOlder) {
        public RecordedTime {
            time = time.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** Begins an append to this stream. */
    public static ToStream to(String stream) {
        return new ToStream(stream, List.of(), List.of(), Optional.empty());
    }

    /** An append to one stream that still needs its events. */
    public static final class ToStream {
        private final String stream;
        private final List<Entry> entries;
        private final List<Condition> conditions;
        private final Optional<RecordedTime> recordedTime;

        private ToStream(String stream, List<Entry> entries, List<Condition> conditions,
                Optional<RecordedTime> recordedTime) {
            this.stream = stream;
            this.entries = entries;
            this.conditions = conditions;
            this.recordedTime = recordedTime;
        }

        /** Only if the stream's last event has this revision. */
        public ToStream expectingRevision(long revision) {
            return expecting(new Condition.StreamAt(stream, revision));
        }

        /** Only if the stream has no events. */
        public ToStream expectingNoStream() {
            return expecting(new Condition.NoStream(stream));
        }

        /** Only if the stream has events. */
        public ToStream expectingStream() {
            return expecting(new Condition.StreamExists(stream));
        }

        private ToStream expecting(Condition condition) {
            return new ToStream(stream, entries, plus(conditions, condition), recordedTime);
        }

        /** @throws IllegalArgumentException if there is no event */
        public Append of(Event... events) {
            return of(List.of(events));
        }

        /** @throws IllegalArgumentException if there is no event */
        public Append of(List<Event> events) {
            if (events.isEmpty()) {
                throw new IllegalArgumentException("no event given for stream " + stream);
            }
            List<Entry> all = new ArrayList<>(entries);
            events.forEach(event -> all.add(new Entry(stream, event)));
            return new Append(all, conditions, recordedTime);
        }
    }

    /** This append, and events for another stream (or for the same one again) after it. */
    public ToStream andTo(String stream) {
        return new ToStream(stream, entries, conditions, recordedTime);
    }

    /** This append, under one more condition. */
    public Append onlyIf(Condition condition) {
        return new Append(entries, plus(conditions, condition), recordedTime);
    }

    /** Only if no event matches the query. */
    public Append failIfEventsMatch(Query query) {
        return failIfEventsMatch(query, 0);
    }

    /**
     * Only if no event after this position matches the query, which need not be the query that was read.
     *
     * @param after the head the writer was aware of: {@link Reading#head()} of the read it decided on
     */
    public Append failIfEventsMatch(Query query, long after) {
        return onlyIf(new Condition.NoEventsMatch(query, after));
    }

    /** This append with the time that is to be recorded; refused if the newest event of the store is younger. */
    public Append recordedAt(Instant time) {
        return new Append(entries, conditions, Optional.of(new RecordedTime(time, false)));
    }

    /** This append with the time that is to be recorded, or the newest event's if that is younger. */
    public Append recordedAtOrLater(Instant time) {
        return new Append(entries, conditions, Optional.of(new RecordedTime(time, true)));
    }

    /** The same append with new random event ids: another append, not a retry of this one. */
    public Append withNewIds() {
        return new Append(
                entries.stream().map(it -> new Entry(it.stream, it.event.withId(UUID.randomUUID()))).toList(),
                conditions, recordedTime);
    }

    private static List<Condition> plus(List<Condition> conditions, Condition one) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(one);
        return all;
    }
}
