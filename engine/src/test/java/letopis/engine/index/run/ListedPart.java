package letopis.engine.index.run;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;

/** A part of an index that is nothing but lists, searched from end to end: what a run is compared with. */
@SuppressWarnings("ArrayRecordComponent") // lists, which nobody compares as a whole
record ListedPart(long base, long[] places, long[] times, int[] ids, long idsFrom,
        Map<TermKind, TreeMap<Name, ListedEntry>> terms) implements Part {
    /** One term. */
    @SuppressWarnings("ArrayRecordComponent")
    record ListedEntry(byte[] name, long baseRevision, StreamRules rules, boolean beganHere, long[] positions)
            implements
                Entry {
        @Override
        public long count() {
            return positions.length;
        }

        @Override
        public long at(long rank) {
            return positions[(int) rank];
        }

        @Override
        public int copy(long rank, long[] target) {
            target[0] = at(rank); // one at a time: who asks must ask again
            return 1;
        }

        @Override
        public long rankAbove(long position, long from, long to) {
            long rank = from;
            while (rank < to && at(rank) <= position) {
                rank++;
            }
            return rank;
        }

        @Override
        public long countUpTo(long position) {
            return Arrays.stream(positions).filter(it -> it <= position).count();
        }
    }

    static Map<TermKind, TreeMap<Name, ListedEntry>> noTerms() {
        Map<TermKind, TreeMap<Name, ListedEntry>> terms = new EnumMap<>(TermKind.class);
        for (TermKind kind : TermKind.values()) {
            terms.put(kind, new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.utf8(), b.utf8())));
        }
        return terms;
    }

    TreeMap<Name, ListedEntry> of(TermKind kind) {
        TreeMap<Name, ListedEntry> all = terms.get(kind);
        if (all == null) {
            throw new AssertionError(kind);
        }
        return all;
    }

    @Override
    public long last() {
        return base + places.length;
    }

    @Override
    public long place(long position) {
        return places[(int) (position - base - 1)];
    }

    @Override
    public void places(long from, long[] target, int count) {
        System.arraycopy(places, (int) (from - base - 1), target, 0, count);
    }

    @Override
    public long timeMicros(long position) {
        return times[(int) (position - base - 1)];
    }

    @Override
    public void timesMicros(long from, long[] target, int count) {
        System.arraycopy(times, (int) (from - base - 1), target, 0, count);
    }

    @Override
    public @Nullable Entry find(TermKey key) {
        return of(key.kind()).get(key.name());
    }

    @Override
    public boolean hasRules() {
        return of(TermKind.STREAM).values().stream().anyMatch(it -> !it.rules.equals(StreamRules.NONE));
    }

    @Override
    public EntryWalk entries(TermKind kind, byte[] from) {
        Iterator<ListedEntry> rest = of(kind).tailMap(Name.ofUtf8(from)).values().iterator();
        return () -> rest.hasNext() ? rest.next() : null;
    }

    @Override
    public long entryCount(TermKind kind) {
        return of(kind).size();
    }

    @Override
    public long streamsBegun(long head) {
        return of(TermKind.STREAM).values().stream().filter(it -> it.beganHere && it.countUpTo(head) > 0).count();
    }

    @Override
    public int idHash(long position) {
        if (position < idsFrom) {
            throw new AssertionError("the id of " + position + " is not known, only those from " + idsFrom);
        }
        return ids[(int) (position - base - 1)];
    }

    @Override
    public void idHashes(long from, int[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = idHash(from + i);
        }
    }
}
