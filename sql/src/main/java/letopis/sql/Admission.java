package letopis.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import letopis.sql.dialect.KnownId;
import letopis.sql.dialect.StreamEnd;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventIdTakenException;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import letopis.store.StreamInfo;
import letopis.store.StreamTombstonedException;
import letopis.store.TimeBeforeHeadException;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the appends of one transaction, one after the other: first whether it was written already, then whether its
 * streams may be written to at all, then its conditions in their order, then its time. Each sees those before it. What is to
 * be written is then in {@link #drafts()}.
 */
final class Admission {
    private final Facts facts;
    private final Refusals refusals;
    private final List<RecordedEvent> drafts = new ArrayList<>();
    private final Map<String, StreamFacts> changed = new HashMap<>();
    private final Map<UUID, KnownId> drafted = new HashMap<>();
    private long head;
    private long headMicros;

    Admission(Facts facts, Refusals refusals) {
        this.facts = facts;
        this.refusals = refusals;
        this.head = facts.head().position();
        this.headMicros = facts.head().timeMicros();
    }

    /** The events that are to be written, in their order. */
    List<RecordedEvent> drafts() {
        return drafts;
    }

    Verdict judge(Append append) throws SQLException {
        Optional<Verdict> before = retry(append);
        if (before.isPresent()) {
            return before.get();
        }
        for (Append.Entry entry : append.entries()) {
            if (stream(entry.stream()).isTombstoned()) {
                return new Verdict.Refused(() -> new StreamTombstonedException(entry.stream()));
            }
        }
        for (Condition condition : append.conditions()) {
            Supplier<StoreException> refusal = condition instanceof Condition.NoEventsMatch none
                    ? check(none)
                    : check(condition);
            if (refusal != null) {
                return new Verdict.Refused(refusal);
            }
        }
        Instant time = append.recordedTime().map(Append.RecordedTime::time).orElseGet(facts::now);
        long micros = Times.micros(time);
        if (head > 0 && micros < headMicros) {
            if (append.recordedTime().isPresent() && !append.recordedTime().get().raiseIfOlder()) {
                Instant headTime = Times.instant(headMicros);
                long newest = head;
                return new Verdict.Refused(() -> new TimeBeforeHeadException(time, headTime, newest));
            }
            micros = headMicros;
        }
        return draft(append, micros);
    }

    private Verdict draft(Append append, long micros) {
        long firstPosition = head + 1;
        Instant recorded = Times.instant(micros);
        Map<String, Long> revisions = new HashMap<>();
        for (Append.Entry entry : append.entries()) {
            StreamFacts stream = stream(entry.stream());
            long revision = stream.lastRevision() + 1;
            head++;
            drafts.add(new RecordedEvent(entry.stream(), revision, head, recorded, entry.event()));
            changed.put(entry.stream(), stream.after(new StreamEnd(entry.stream(), revision, head, recorded)));
            drafted.put(entry.event().id(), new KnownId(entry.event().id(), entry.stream(), revision, head));
            revisions.put(entry.stream(), revision);
        }
        headMicros = micros;
        return new Verdict.Written(new Appended(firstPosition, head, revisions));
    }

    private StreamFacts stream(String name) {
        StreamFacts own = changed.get(name);
        return own == null ? facts.stream(name) : own;
    }

    private Optional<Verdict> retry(Append append) {
        Optional<KnownId> taken = append.entries().stream().flatMap(it -> known(it).stream()).findFirst();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        long first = 0;
        long last = 0;
        Map<String, Long> revisions = new HashMap<>();
        for (Append.Entry entry : append.entries()) {
            Optional<KnownId> there = known(entry);
            if (there.isEmpty()) {
                return Optional.of(taken(taken.get(), "not all of the append's are"));
            }
            KnownId known = there.get();
            if (!known.stream().equals(entry.stream())) {
                return Optional.of(taken(known, "in stream " + known.stream() + " and not in " + entry.stream()));
            }
            if (known.position() < last) {
                return Optional.of(taken(known, "not in the order of this append"));
            }
            first = first == 0 ? known.position() : first;
            last = known.position();
            revisions.put(entry.stream(), known.revision());
        }
        return Optional.of(new Verdict.Retried(new Appended(first, last, revisions)));
    }

    private Optional<KnownId> known(Append.Entry entry) {
        KnownId own = drafted.get(entry.event().id());
        return own == null ? facts.known(entry.event().id()) : Optional.of(own);
    }

    private static Verdict taken(KnownId there, String why) {
        return new Verdict.Refused(() -> new EventIdTakenException(there.id(), there.position(), why));
    }

    private @Nullable Supplier<StoreException> check(Condition condition) {
        StreamFacts stream = stream(condition.streams().getFirst());
        boolean holds = switch (condition) {
            case Condition.NoStream _ -> stream.end().isEmpty() || stream.state() == StreamInfo.State.DELETED;
            case Condition.StreamExists _ -> stream.isOpen();
            case Condition.StreamAt at -> stream.isOpen() && stream.lastRevision() == at.revision();
            case Condition.NoEventsMatch it -> throw new AssertionError(it + " is no condition on a stream");
        };
        return holds ? null : () -> refusals.ofStream(condition, stream, facts.now());
    }

    private @Nullable Supplier<StoreException> check(Condition.NoEventsMatch condition) throws SQLException {
        for (RecordedEvent draft : drafts.reversed()) {
            if (draft.position() > condition.after() && condition.query().matches(draft)
                    && stream(draft.stream()).shows(draft.revision(), draft.time(), facts.now())) {
                return refusal(condition, draft);
            }
        }
        Optional<RecordedEvent> there = facts.inTheWay(condition);
        return there.isEmpty() ? null : refusal(condition, there.get());
    }

    private static Supplier<StoreException> refusal(Condition.NoEventsMatch condition, RecordedEvent event) {
        return () -> ConditionFailedException.query(condition,
                condition.query().itemThatMatches(event.stream(), event.event()), event);
    }
}
