package letopis.engine.sequencer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import letopis.engine.index.Filed;
import letopis.engine.index.Index;
import letopis.engine.index.PositionCursor;
import letopis.engine.read.Events;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.engine.sequencer.PreparedAppend.PreparedCondition;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventIdTakenException;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;
import letopis.store.StreamTombstonedException;
import letopis.store.TimeBeforeHeadException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an append is written: first whether it was already, then whether its streams may be written to at all, then
 * its conditions in their order, then its time. Asks the index about everything that was added so far, published or not; the
 * journal only about an older event whose id or forgotten stream may be in the way. An event for an exception is read later, by
 * whoever wants the exception.
 */
final class Admission {
    /** What an event has for an id that was erased: it is not found by its own any more. */
    private static final UUID NOBODYS = new UUID(0, 0);

    private final Events events;
    private final Index index;
    /** Keeps what is done for {@link #expect} from being left out. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    Admission(Events events) {
        this.events = events;
        this.index = events.index();
    }

    /** These will be judged soon. */
    void expect(List<Request> requests) {
        int sum = 0;
        int ahead = 0;
        for (Request request : requests) {
            if (request instanceof Request.OfAppend it) {
                for (PreparedEvent event : it.append().events()) {
                    sum += index.touch(event.id(), ahead++);
                }
            }
        }
        touched = sum;
    }

    /** Null if the append is to be written. */
    @Nullable
    Verdict judge(PreparedAppend append) {
        Verdict verdict = retry(append);
        if (verdict != null) {
            return verdict;
        }
        for (Name stream : append.streams()) {
            if (index.isTombstoned(stream)) {
                return Verdict.refused(() -> new StreamTombstonedException(stream.toString()), 0);
            }
        }
        for (PreparedCondition condition : append.conditions()) {
            verdict = switch (condition) {
                case PreparedCondition.OnStream it -> check(it, append.nowMicros());
                case PreparedCondition.OverQuery it -> check(it, append.nowMicros());
            };
            if (verdict != null) {
                return verdict;
            }
        }
        return checkTime(append);
    }

    private @Nullable Verdict retry(PreparedAppend append) {
        PreparedEvent[] all = append.events();
        for (PreparedEvent event : all) {
            long position = index.find(event.id(), this::idAt);
            if (position != 0) {
                return retry(append, event.id(), position);
            }
        }
        return null;
    }

    /** What becomes of an append of which one event is there already. */
    private Verdict retry(PreparedAppend append, UUID known, long knownPosition) {
        long[] revisions = new long[append.streams().size()];
        long first = 0;
        long last = 0;
        for (int i = 0; i < append.events().length; i++) {
            UUID id = append.events()[i].id();
            Name stream = append.streams().get(append.streamOf(i));
            long position = index.find(id, this::idAt);
            if (position == 0) {
                return taken(known, knownPosition, "not all of the append's are", index.last());
            }
            Filed filed = filed(position);
            if (!filed.stream().equals(stream)) {
                return taken(id, position, "in stream " + filed.stream() + " and not in " + stream, position);
            }
            if (position < last) {
                return taken(id, position, "not in the order of this append", last);
            }
            first = first == 0 ? position : first;
            last = position;
            revisions[append.streamOf(i)] = filed.revision();
        }
        long firstPosition = first;
        long lastPosition = last;
        return Verdict.repeated(() -> append.appended(firstPosition, lastPosition, revisions), last);
    }

    private UUID idAt(long position) {
        return events.find(position).map(event -> event.event().id()).orElse(NOBODYS);
    }

    /** An event that is not in memory is durable, and can be read. */
    private Filed filed(long position) {
        return index.filed(position).orElseGet(() -> {
            RecordedEvent event = events.at(position);
            return new Filed(Name.of(event.stream()), event.revision(), Events.micros(event.time()),
                    event.event().id());
        });
    }

    private static Verdict taken(UUID id, long position, String why, long evidence) {
        return Verdict.refused(() -> new EventIdTakenException(id, position, why), evidence);
    }

    private @Nullable Verdict check(PreparedCondition.OnStream condition, long nowMicros) {
        Name stream = condition.stream();
        long last = index.lastRevision(stream);
        boolean holds = switch (condition.condition()) {
            case Condition.NoStream _ -> last == Index.NO_STREAM;
            case Condition.StreamExists _ -> last >= 0;
            case Condition.StreamAt at -> last == at.revision();
            case Condition.NoEventsMatch it -> throw new AssertionError(it + " is no condition on a stream");
        };
        if (holds) {
            return null;
        }
        Optional<StreamInfo> found = index.stream(stream, index.last(), nowMicros);
        Optional<StreamInfo> readable = found.filter(it -> it.count() > 0);
        return Verdict.lostOn(stream, () -> {
            Optional<RecordedEvent> newest = readable.map(it -> events.at(it.lastPosition()));
            return ConditionFailedException.stream(condition.condition(), found, newest);
        }, found.map(StreamInfo::lastPosition).orElse(0L));
    }

    private @Nullable Verdict check(PreparedCondition.OverQuery condition, long nowMicros) {
        if (!index.mayMatch(condition.query(), condition.condition().after())) {
            return null;
        }
        long head = index.last();
        PositionCursor cursor = index.cursor(condition.query(), condition.condition().after() + 1, head, false);
        long key = cursor.seek(Long.MIN_VALUE + 1);
        while (key != PositionCursor.END) {
            long position = key;
            if (isKept(position, head, nowMicros)) {
                return Verdict.refused(() -> {
                    RecordedEvent event = events.at(position);
                    int item = condition.query().query().itemThatMatches(event.stream(), event.event());
                    return ConditionFailedException.query(condition.condition(), item, event);
                }, position);
            }
            key = cursor.seek(key + 1);
        }
        return null;
    }

    private boolean isKept(long position, long head, long nowMicros) {
        if (!index.hasRules()) {
            return true;
        }
        Optional<Filed> known = index.filed(position);
        if (known.isEmpty() && events.find(position).isEmpty()) {
            return false;
        }
        Filed filed = known.orElseGet(() -> filed(position));
        return index.isKept(filed.stream(), filed.revision(), filed.timeMicros(), head, nowMicros);
    }

    private @Nullable Verdict checkTime(PreparedAppend append) {
        long head = index.last();
        if (head == 0 || append.givenTime().isEmpty() || append.givenTime().get().raiseIfOlder()
                || append.timeMicros() >= index.timeMicros(head)) {
            return null;
        }
        Instant headTime = Instant.EPOCH.plus(index.timeMicros(head), ChronoUnit.MICROS);
        return Verdict.refused(
                () -> new TimeBeforeHeadException(append.givenTime().orElseThrow().time(), headTime, head), head);
    }
}
