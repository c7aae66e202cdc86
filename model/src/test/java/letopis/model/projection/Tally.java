package letopis.model.projection;

import java.util.SortedMap;
import java.util.TreeMap;

import letopis.model.EventTypes;
import letopis.model.Recorded;
import letopis.store.Query;

/** How often each thing was counted: the read model of these tests. */
record Tally(SortedMap<String, Long> counts) {
    static final Tally NONE = new Tally(new TreeMap<>());
    static final EventTypes<Counted> TYPES = EventTypes.of(Counted.class);

    record Counted(int times) {}

    static Projection<Counted> source(int version) {
        return Projection.of("tally", version, Query.category("thing"), TYPES);
    }

    static FoldedProjection<Tally, Counted> projection(int version) {
        return source(version).folding(NONE, Tally::evolve);
    }

    Tally evolve(Recorded<Counted> recorded) {
        SortedMap<String, Long> next = new TreeMap<>(counts);
        next.merge(recorded.id(), (long) recorded.event().times(), Long::sum);
        return new Tally(next);
    }

    long of(String id) {
        return counts.getOrDefault(id, 0L);
    }
}
