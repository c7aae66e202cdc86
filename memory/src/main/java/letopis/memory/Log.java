package letopis.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventIdTakenException;
import letopis.store.Forget;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;
import letopis.store.StreamNotFoundException;
import letopis.store.TimeBeforeHeadException;
import letopis.store.TypeInfo;

/** All events in their order, and the ways to find them. Everything here happens under the store's lock. */
final class Log {
    private final InstantSource clock;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final TreeMap<String, StreamLog> streams = new TreeMap<>(new Utf8Order());
    private final TreeMap<String, TypeInfo> types = new TreeMap<>(new Utf8Order());
    private final Map<UUID, RecordedEvent> byId = new HashMap<>();

    Log(InstantSource clock) {
        this.clock = clock;
    }

    long head() {
        return events.size();
    }

    /** The events among which the matching ones are, oldest first. The list only ever grows. */
    List<RecordedEvent> candidates(Query query) {
        Optional<String> stream = query.singleStream();
        if (stream.isEmpty()) {
            return events;
        }
        StreamLog log = streams.get(stream.get());
        return log == null ? List.of() : log.events();
    }

    /** Whether a read sees this event: it matches and is not forgotten. */
    boolean shows(Query query, RecordedEvent event) {
        return query.matches(event) && streamOf(event.stream()).shows(event, clock);
    }

    /**
     * Appends, or refuses. That it is a retry is found out first; then whether the streams may be written to at all, then
     * the conditions in their order, then the time.
     */
    Appended append(Append append) {
        Optional<Appended> before = retry(append.entries());
        if (before.isPresent()) {
            return before.get();
        }
        for (Append.Entry entry : append.entries()) {
            StreamLog stream = streams.get(entry.stream());
            if (stream != null) {
                stream.checkNotTombstoned();
            }
        }
        append.conditions().forEach(this::check);
        Instant time = time(append.recordedTime());
        long first = head() + 1;
        Map<String, Long> revisions = new HashMap<>();
        for (Append.Entry entry : append.entries()) {
            revisions.put(entry.stream(), record(entry.stream(), entry.event(), time).revision());
        }
        return new Appended(first, head(), revisions);
    }

    private RecordedEvent record(String name, Event event, Instant time) {
        StreamLog stream = streams.computeIfAbsent(name, StreamLog::new);
        var recorded = new RecordedEvent(name, stream.events().size(), head() + 1, time, event);
        stream.add(recorded);
        events.add(recorded);
        byId.put(event.id(), recorded);
        types.merge(event.type(),
                new TypeInfo(event.type(), 1, recorded.position(), time, recorded.position(), time),
                (old, one) -> new TypeInfo(old.type(), old.count() + 1, old.firstPosition(), old.firstTime(),
                        one.lastPosition(), one.lastTime()));
        return recorded;
    }

    /** The answer that these entries got before, if they were appended before; nothing if they are new. */
    private Optional<Appended> retry(List<Append.Entry> entries) {
        Optional<RecordedEvent> taken = entries.stream().flatMap(it -> known(it).stream()).findFirst();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        long first = 0;
        long last = 0;
        Map<String, Long> revisions = new HashMap<>();
        for (Append.Entry entry : entries) {
            RecordedEvent there = known(entry).orElseThrow(() -> taken(taken.get(), "not all of the append's are"));
            if (!there.stream().equals(entry.stream())) {
                throw taken(there, "in stream " + there.stream() + " and not in " + entry.stream());
            }
            if (there.position() < last) {
                throw taken(there, "not in the order of this append");
            }
            first = first == 0 ? there.position() : first;
            last = there.position();
            revisions.put(entry.stream(), there.revision());
        }
        return Optional.of(new Appended(first, last, revisions));
    }

    private Optional<RecordedEvent> known(Append.Entry entry) {
        return Optional.ofNullable(byId.get(entry.event().id()));
    }

    private static EventIdTakenException taken(RecordedEvent there, String why) {
        return new EventIdTakenException(there.id(), there.position(), why);
    }

    private void check(Condition condition) {
        if (condition instanceof Condition.NoEventsMatch none) {
            List<RecordedEvent> candidates = candidates(none.query());
            for (int i = candidates.size() - 1; i >= 0 && candidates.get(i).position() > none.after(); i--) {
                RecordedEvent event = candidates.get(i);
                if (shows(none.query(), event)) {
                    throw ConditionFailedException.query(none,
                            none.query().itemThatMatches(event.stream(), event.event()),
                            event);
                }
            }
            return;
        }
        String stream = condition.streams().getFirst();
        Optional<StreamInfo> found = stream(stream);
        boolean open = found.isPresent() && found.get().state() == StreamInfo.State.OPEN;
        boolean holds = switch (condition) {
            case Condition.NoStream _ -> found.isEmpty() || found.get().state() == StreamInfo.State.DELETED;
            case Condition.StreamExists _ -> open;
            case Condition.StreamAt at -> open && found.get().lastRevision() == at.revision();
            case Condition.NoEventsMatch _ -> true;
        };
        if (!holds) {
            Optional<RecordedEvent> last = found.map(it -> streamOf(stream).events().getLast())
                    .filter(it -> streamOf(stream).shows(it, clock));
            throw ConditionFailedException.stream(condition, found, last);
        }
    }

    /** The time to record: never before the newest event's. */
    private Instant time(Optional<Append.RecordedTime> given) {
        Instant time = given.map(Append.RecordedTime::time)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (events.isEmpty() || !time.isBefore(events.getLast().time())) {
            return time;
        }
        if (given.isPresent() && !given.get().raiseIfOlder()) {
            throw new TimeBeforeHeadException(time, events.getLast().time(), head());
        }
        return events.getLast().time();
    }

    Optional<StreamInfo> stream(String name) {
        return Optional.ofNullable(streams.get(name)).map(it -> it.info(clock));
    }

    List<StreamInfo> streams(String prefix, String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least 1 stream, not " + limit);
        }
        boolean within = new Utf8Order().compare(after, prefix) >= 0;
        return streams.tailMap(within ? after : prefix, !within)
                .values()
                .stream()
                .takeWhile(it -> it.name().startsWith(prefix))
                .filter(it -> !it.name().equals(after))
                .limit(limit)
                .map(it -> it.info(clock))
                .toList();
    }

    List<TypeInfo> types() {
        return List.copyOf(types.values());
    }

    void forget(Forget forget) {
        streamOf(forget.stream()).forget(forget);
    }

    private StreamLog streamOf(String name) {
        StreamLog stream = streams.get(name);
        if (stream == null) {
            throw new StreamNotFoundException(name);
        }
        return stream;
    }
}
