package letopis.engine.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

import letopis.engine.record.TagsRecord;
import letopis.store.RecordedEvent;

/**
 * The tags that were added to events after they were stored: by event, and by tag. Never changes itself. All of it is in memory,
 * about 100 bytes for each event that was given tags.
 */
public final class AddedTags {
    static final AddedTags NONE = new AddedTags(new long[0], List.of(), Map.of(), Map.of());

    private final long[] positions;
    private final List<Set<String>> tags;
    private final Map<String, long[]> byTag;
    private final Map<String, Long> reached;

    private AddedTags(long[] positions, List<Set<String>> tags, Map<String, long[]> byTag, Map<String, Long> reached) {
        this.positions = positions;
        this.tags = tags;
        this.byTag = byTag;
        this.reached = reached;
    }

    public boolean isEmpty() {
        return positions.length == 0;
    }

    /** Up to which position a retagging has looked; 0 if it was never begun. */
    public long reached(String name) {
        return reached.getOrDefault(name, 0L);
    }

    /** The events that this tag was added to. */
    AddedPositions positions(String tag) {
        long[] found = byTag.get(tag);
        return found == null ? AddedPositions.NONE : new AddedPositions(found);
    }

    /** The event with the tags that were added to it. */
    public RecordedEvent applied(RecordedEvent event) {
        int at = Arrays.binarySearch(positions, event.position());
        if (at < 0) {
            return event;
        }
        Set<String> all = new TreeSet<>(event.event().tags());
        all.addAll(tags.get(at));
        return new RecordedEvent(event.stream(), event.revision(), event.position(), event.time(),
                event.event().withTags(all));
    }

    /** These and more; what is there already changes nothing. */
    AddedTags with(List<TagsRecord> records) {
        TreeMap<Long, Set<String>> more = new TreeMap<>();
        Map<String, Long> further = new HashMap<>(reached);
        for (TagsRecord record : records) {
            switch (record) {
                case TagsRecord.Added it -> more.computeIfAbsent(it.position(), _ -> new TreeSet<>()).addAll(it.tags());
                case TagsRecord.Reached it -> further.merge(it.name(), it.position(), Math::max);
            }
        }
        return more.isEmpty() ? new AddedTags(positions, tags, byTag, further) : with(more, further);
    }

    private AddedTags with(SortedMap<Long, Set<String>> more, Map<String, Long> further) {
        Map<String, TreeSet<Long>> moreByTag = new HashMap<>();
        more.forEach((position, added) -> added
                .forEach(tag -> moreByTag.computeIfAbsent(tag, _ -> new TreeSet<>()).add(position)));
        long[] all = new long[positions.length + more.size()];
        List<Set<String>> sets = new ArrayList<>(all.length);
        int size = 0;
        int old = 0;
        for (Map.Entry<Long, Set<String>> entry : more.entrySet()) {
            while (old < positions.length && positions[old] < entry.getKey()) {
                all[size++] = positions[old];
                sets.add(tags.get(old++));
            }
            Set<String> both = entry.getValue();
            if (old < positions.length && positions[old] == entry.getKey()) {
                both.addAll(tags.get(old++));
            }
            all[size++] = entry.getKey();
            sets.add(Set.copyOf(both));
        }
        while (old < positions.length) {
            all[size++] = positions[old];
            sets.add(tags.get(old++));
        }
        Map<String, long[]> index = new HashMap<>(byTag);
        moreByTag.forEach((tag, added) -> index.merge(tag, added.stream().mapToLong(Long::longValue).toArray(),
                AddedTags::union));
        return new AddedTags(Arrays.copyOf(all, size), sets, index, further);
    }

    private static long[] union(long[] one, long[] other) {
        long[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        if (one[one.length - 1] >= other[0]) {
            Arrays.sort(all);
            all = Arrays.stream(all).distinct().toArray();
        }
        return all;
    }

    /** These without those of events that are gone from the journal. */
    AddedTags without(LongPredicate erased) {
        return Arrays.stream(positions).anyMatch(erased) ? NONE.with(records(erased)) : this;
    }

    /** What would have to be added to get these. */
    List<TagsRecord> records() {
        return records(_ -> false);
    }

    private List<TagsRecord> records(LongPredicate erased) {
        List<TagsRecord> records = new ArrayList<>(positions.length + reached.size());
        for (int i = 0; i < positions.length; i++) {
            if (!erased.test(positions[i])) {
                records.add(new TagsRecord.Added(positions[i], tags.get(i)));
            }
        }
        reached.forEach((name, position) -> records.add(new TagsRecord.Reached(position, name)));
        return records;
    }
}
