package letopis.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;
import letopis.store.Forget;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;
import letopis.store.StreamInfo.State;
import letopis.store.TypeInfo;

/**
 * The contract once more, as plainly as it can be said: one list, gone through from its beginning for every question. A
 * forgotten event is one that was crossed out.
 */
final class Model {
    private final SteppedClock clock;
    private final List<RecordedEvent> all = new ArrayList<>();
    private final Set<UUID> crossedOut = new LinkedHashSet<>();
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, Forget.Retention> retentions = new LinkedHashMap<>();

    Model(SteppedClock clock) {
        this.clock = clock;
    }

    long head() {
        return all.isEmpty() ? 0 : all.getLast().position();
    }

    Instant headTime() {
        return all.isEmpty() ? clock.instant() : all.getLast().time();
    }

    /** All events that can be seen and match. */
    List<RecordedEvent> matching(Query query) {
        return all.stream().filter(it -> query.matches(it) && isVisible(it)).toList();
    }

    private boolean isVisible(RecordedEvent event) {
        return !crossedOut.contains(event.id())
                && isKept(event, retentions.getOrDefault(event.stream(), Forget.Retention.EVERYTHING));
    }

    private boolean isKept(RecordedEvent event, Forget.Retention retention) {
        long younger = all.stream()
                .filter(it -> it.stream().equals(event.stream()))
                .filter(it -> it.position() > event.position())
                .count();
        Duration age = Duration.between(event.time(), clock.instant());
        return (retention.maxCount().isEmpty() || younger < retention.maxCount().getAsLong())
                && (retention.maxAge().isEmpty() || retention.maxAge().get().compareTo(age) > 0);
    }

    /** The answer to a retry, if these events are there already in this order in these streams. */
    Optional<Appended> retry(Append append) {
        List<RecordedEvent> there = all.stream().filter(it -> Events.ids(append).contains(it.id())).toList();
        boolean same = Events.ids(there).equals(Events.ids(append)) && there.stream()
                .map(RecordedEvent::stream)
                .toList()
                .equals(append.entries().stream().map(Append.Entry::stream).toList());
        return same ? Optional.of(answer(there)) : Optional.empty();
    }

    /** Whether one of the ids is known. */
    boolean knowsSomeOf(Append append) {
        return all.stream().anyMatch(it -> Events.ids(append).contains(it.id()));
    }

    boolean isTombstoned(String stream) {
        return states.get(stream) == State.TOMBSTONED;
    }

    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.NoStream it -> states.getOrDefault(it.stream(), State.DELETED) == State.DELETED;
            case Condition.StreamExists it -> states.get(it.stream()) == State.OPEN;
            case Condition.StreamAt it ->
                states.get(it.stream()) == State.OPEN && lastRevision(it.stream()) == it.revision();
            case Condition.NoEventsMatch it ->
                matching(it.query()).stream().noneMatch(event -> event.position() > it.after());
        };
    }

    boolean isTooOld(Append append) {
        return append.recordedTime().isPresent() && !append.recordedTime().get().raiseIfOlder() && !all.isEmpty()
                && append.recordedTime().get().time().isBefore(headTime());
    }

    /** Writes, at the positions that the store says it wrote at. */
    Appended write(Append append, List<Long> positions) {
        Instant time = append.recordedTime().map(Append.RecordedTime::time).orElse(clock.instant());
        time = all.isEmpty() || time.isAfter(headTime()) ? time : headTime();
        List<RecordedEvent> written = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            Append.Entry entry = append.entries().get(i);
            written.add(new RecordedEvent(entry.stream(), lastRevision(entry.stream()) + 1, positions.get(i), time,
                    entry.event()));
            all.add(written.getLast());
            states.put(entry.stream(), State.OPEN);
        }
        return answer(written);
    }

    private static Appended answer(List<RecordedEvent> events) {
        Map<String, Long> revisions = new LinkedHashMap<>();
        events.forEach(it -> revisions.put(it.stream(), it.revision()));
        return new Appended(events.getFirst().position(), events.getLast().position(), revisions);
    }

    /** The last revision ever given; -1 if there was none. */
    long lastRevision(String stream) {
        return all.stream().filter(it -> it.stream().equals(stream)).count() - 1;
    }

    /** Whether keeping so much would show again what was forgotten: then the contract does not say what is to be seen. */
    boolean wouldBringBack(String stream, Forget.Retention retention) {
        return all.stream()
                .filter(it -> it.stream().equals(stream) && !crossedOut.contains(it.id()))
                .anyMatch(it -> !isVisible(it) && isKept(it, retention));
    }

    boolean forgetsByAge() {
        return retentions.values().stream().anyMatch(it -> it.maxAge().isPresent());
    }

    void forget(Forget forget) {
        long before = forget instanceof Forget.Truncate it ? it.beforeRevision() : Long.MAX_VALUE;
        if (forget instanceof Forget.Retain it) {
            retentions.put(it.stream(), it.retention());
            return;
        }
        all.stream()
                .filter(it -> it.stream().equals(forget.stream()) && it.revision() < before)
                .forEach(it -> crossedOut.add(it.id()));
        if (forget instanceof Forget.Delete) {
            states.put(forget.stream(), State.DELETED);
        } else if (forget instanceof Forget.Tombstone) {
            states.put(forget.stream(), State.TOMBSTONED);
        }
    }

    Optional<StreamInfo> stream(String name) {
        List<RecordedEvent> events = all.stream().filter(it -> it.stream().equals(name)).toList();
        if (events.isEmpty()) {
            return Optional.empty();
        }
        RecordedEvent last = events.getLast();
        long first = events.stream()
                .filter(this::isVisible)
                .mapToLong(RecordedEvent::revision)
                .min()
                .orElse(last.revision() + 1);
        return Optional.of(new StreamInfo(name, states.getOrDefault(name, State.OPEN), first, last.revision(),
                last.position(), last.time(), retentions.getOrDefault(name, Forget.Retention.EVERYTHING)));
    }

    List<StreamInfo> streams(String prefix, String after, int limit) {
        return ordered(states.keySet()).stream()
                .filter(it -> it.startsWith(prefix) && compare(it, after) > 0)
                .limit(limit)
                .flatMap(it -> stream(it).stream())
                .toList();
    }

    List<TypeInfo> types() {
        return ordered(all.stream().map(RecordedEvent::type).toList()).stream().map(type -> {
            List<RecordedEvent> of = all.stream().filter(it -> it.type().equals(type)).toList();
            return new TypeInfo(type, of.size(), of.getFirst().position(), of.getFirst().time(),
                    of.getLast().position(), of.getLast().time());
        }).toList();
    }

    private static Set<String> ordered(Iterable<String> names) {
        Set<String> ordered = new TreeSet<>(Model::compare);
        names.forEach(ordered::add);
        return ordered;
    }

    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
