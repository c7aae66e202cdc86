package letopis.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/**
 * How an aggregate became what it is.
 *
 * @param steps one for each event, in their order
 */
public record History<S, E>(List<Step<S, E>> steps) {
    public History {
        steps = List.copyOf(steps);
    }

    /** One event, and what it made of the state. */
    public record Step<S, E>(Recorded<E> recorded, S before, S after) {
        public long revision() {
            return recorded.revision();
        }

        /** What changed, field by field. */
        public List<Difference> differences() {
            return Difference.between(before, after);
        }
    }

    /**
     * A field that changed.
     *
     * @param by the last event that changed it
     */
    public record Change<E>(Difference difference, Recorded<E> by) {}

    /**
     * What changed after one revision up to and including another, field by field, each with the last event that changed it.
     * A field that was changed and changed back is left out.
     *
     * @param afterRevision {@link Folded#NO_REVISION} for everything from the beginning
     * @param toRevision    at least as high
     */
    public List<Change<E>> changes(long afterRevision, long toRevision) {
        List<Step<S, E>> span = steps.stream()
                .filter(step -> step.revision() > afterRevision && step.revision() <= toRevision)
                .toList();
        if (span.isEmpty()) {
            return List.of();
        }
        Map<String, Recorded<E>> last = new LinkedHashMap<>();
        for (Step<S, E> step : span) {
            step.differences().forEach(difference -> last.put(difference.field(), step.recorded()));
        }
        List<Change<E>> changes = new ArrayList<>();
        for (Difference difference : Difference.between(span.getFirst().before(), span.getLast().after())) {
            Recorded<E> by = last.getOrDefault(difference.field(), span.getLast().recorded());
            changes.add(new Change<>(difference, by));
        }
        return changes;
    }

    static <S, E> History<S, E> read(Handling<S, E> handling, String stream) {
        Fold<S, E> fold = handling.fold();
        List<Step<S, E>> steps = new ArrayList<>();
        try (Reading reading = handling.store().read(Read.stream(stream))) {
            S state = fold.initial();
            for (RecordedEvent event : reading) {
                for (Recorded<E> recorded : handling.types().decodeRecorded(event)) {
                    S after = handling.evolve().apply(state, recorded.event());
                    steps.add(new Step<>(recorded, state, after));
                    state = after;
                }
            }
        }
        return new History<>(steps);
    }
}
