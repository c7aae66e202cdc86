package letopis.engine.sequencer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import letopis.engine.index.PreparedQuery;
import letopis.engine.read.Events;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;

/** An append with all that can be done for it before it is its turn: made on the caller's thread. */
final class PreparedAppend {
    private final Append append;
    private final List<String> streams = new ArrayList<>(1);
    private final List<Name> streamNames = new ArrayList<>(1);
    private final PreparedEvent[] events;
    private final int[] streamOfEvent;
    private final List<PreparedCondition> conditions;
    private final long nowMicros;
    private final long timeMicros;
    private final long payloadBytes;

    /** A condition on a stream, or over a query. */
    sealed interface PreparedCondition {
        record OnStream(Condition condition, Name stream) implements PreparedCondition {}

        record OverQuery(Condition.NoEventsMatch condition, PreparedQuery query) implements PreparedCondition {}
    }

    PreparedAppend(Append append, long nowMicros) {
        this.append = append;
        this.nowMicros = nowMicros;
        this.timeMicros = append.recordedTime().map(given -> Events.micros(given.time())).orElse(nowMicros);
        List<Append.Entry> entries = append.entries();
        int size = entries.size();
        this.events = new PreparedEvent[size];
        this.streamOfEvent = new int[size];
        Map<String, Integer> numbers = size == 1 ? Map.of() : new HashMap<>();
        Map<String, Name> types = size == 1 ? Map.of() : new HashMap<>();
        long bytes = 0;
        for (int i = 0; i < size; i++) {
            Append.Entry entry = entries.get(i);
            String typeText = entry.event().type();
            Name type;
            if (size == 1) {
                addStream(entry.stream());
                type = Name.of(typeText);
            } else {
                streamOfEvent[i] = i > 0 && entry.stream().equals(entries.get(i - 1).stream())
                        ? streamOfEvent[i - 1]
                        : numbers.computeIfAbsent(entry.stream(), this::addStream);
                type = types.computeIfAbsent(typeText, Name::of);
            }
            events[i] = PreparedEvent.of(streamNames.get(streamOfEvent[i]), type, entry.event());
            bytes += events[i].maxPayloadBytes();
        }
        this.payloadBytes = bytes;
        this.conditions = prepare(append.conditions());
    }

    private int addStream(String stream) {
        streams.add(stream);
        streamNames.add(Name.of(stream));
        return streams.size() - 1;
    }

    private List<PreparedCondition> prepare(List<Condition> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        List<PreparedCondition> prepared = new ArrayList<>(all.size());
        for (Condition condition : all) {
            prepared.add(condition instanceof Condition.NoEventsMatch none
                    ? new PreparedCondition.OverQuery(none, PreparedQuery.of(none.query()))
                    : new PreparedCondition.OnStream(condition, nameOf(condition.streams().getFirst())));
        }
        return prepared;
    }

    private Name nameOf(String stream) {
        return stream.equals(streams.getFirst()) ? streamNames.getFirst() : Name.of(stream);
    }

    PreparedEvent[] events() {
        return events;
    }

    /** The streams it writes to, each once. */
    List<Name> streams() {
        return streamNames;
    }

    /** The number of an event's stream in {@link #streams}. */
    int streamOf(int event) {
        return streamOfEvent[event];
    }

    List<PreparedCondition> conditions() {
        return conditions;
    }

    /** When it was made, by the store's clock. */
    long nowMicros() {
        return nowMicros;
    }

    /** The time to record, if it is not too old. */
    long timeMicros() {
        return timeMicros;
    }

    Optional<Append.RecordedTime> givenTime() {
        return append.recordedTime();
    }

    /** The most bytes its records can have. */
    long payloadBytes() {
        return payloadBytes;
    }

    /** The answer, where the streams' last revisions are given in the order of {@link #streams}. */
    Appended appended(long first, long last, long[] revisions) {
        if (revisions.length == 1) {
            return new Appended(first, last, Map.of(streams.getFirst(), revisions[0]));
        }
        Map<String, Long> all = new HashMap<>();
        for (int i = 0; i < revisions.length; i++) {
            all.put(streams.get(i), revisions[i]);
        }
        return new Appended(first, last, all);
    }
}
