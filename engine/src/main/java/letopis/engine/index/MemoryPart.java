package letopis.engine.index;

import java.util.Arrays;
import java.util.UUID;

import letopis.engine.index.Term.StreamFacts;
import letopis.engine.index.run.Entry;
import letopis.engine.index.run.EntryWalk;
import letopis.engine.index.run.Part;
import letopis.engine.index.run.StreamRules;
import letopis.engine.index.run.TermKey;
import letopis.engine.index.run.TermKind;
import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;

/**
 * The newest part of an index, in memory, where events are added; later frozen, and written as a run.
 *
 * <p>One thread adds. Others look, without locks, at what lies at or below a published head that they have read before (a
 * volatile write and read, which is what makes everything below it visible).
 */
final class MemoryPart implements Part {
    /** About what an event takes beside its postings, a posting, and a term beside its name. */
    private static final int EVENT_BYTES = 36;
    private static final int POSTING_BYTES = 6;
    private static final int TERM_BYTES = 120;

    private final long base;
    private final long seed;
    private final Terms[] terms = new Terms[TermKind.values().length];
    private final SortedNames[] sorted = new SortedNames[terms.length];
    private final LongColumn places = new LongColumn();
    private final LongColumn times = new LongColumn();
    private final LongColumn highIds = new LongColumn();
    private final LongColumn lowIds = new LongColumn();
    private final IntColumn streamNumbers = new IntColumn();
    private volatile long last;
    private volatile boolean hasRules;
    private long bytes;

    /**
     * @param base the position before the first one
     * @param seed of the hashes of this store
     */
    MemoryPart(long base, long seed) {
        this.base = base;
        this.seed = seed;
        this.last = base;
        for (int i = 0; i < terms.length; i++) {
            terms[i] = new Terms(base);
            sorted[i] = new SortedNames(terms[i]);
        }
    }

    private Terms terms(TermKind kind) {
        return terms[kind.number()];
    }

    // ---- adding, for one thread

    /** How many events there are. */
    long events() {
        return last - base;
    }

    /** About how much memory it takes. */
    long bytes() {
        return bytes;
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return last == base && !hasRules;
    }

    @Nullable
    Term findStream(byte[] array, int offset, int length, int hash) {
        return terms(TermKind.STREAM).find(array, offset, length, hash);
    }

    /**
     * Adds a stream that is not there yet.
     *
     * @param older what the newest of the older parts has of it; null if it begins here
     */
    Term addStream(Name stream, @Nullable Entry older) {
        byte[] name = stream.utf8();
        int category = 0;
        while (category < name.length && name[category] != '-') {
            category++;
        }
        Terms streams = terms(TermKind.STREAM);
        Term added = streams.create(name, stream.hash());
        StreamRules rules = older == null ? StreamRules.NONE : older.rules();
        long revision = older == null ? 0 : older.baseRevision() + older.count();
        added.become(new StreamFacts(findOrAdd(TermKind.CATEGORY, name, 0, category), older == null, revision, rules));
        streams.add(added);
        bytes += TERM_BYTES + name.length;
        hasRules |= !rules.equals(StreamRules.NONE);
        return added;
    }

    private Term findOrAdd(TermKind kind, byte[] array, int offset, int length) {
        int hash = Name.hash(array, offset, length);
        Term found = terms(kind).find(array, offset, length, hash);
        if (found == null) {
            found = terms(kind).create(Arrays.copyOfRange(array, offset, offset + length), hash);
            terms(kind).add(found);
            bytes += TERM_BYTES + length;
        }
        return found;
    }

    /** Begins the next event. */
    void begin(long place, long timeMicros, long idHigh, long idLow) {
        long next = last + 1;
        long at = next - base - 1;
        places.set(at, place);
        times.set(at, timeMicros);
        highIds.set(at, idHigh);
        lowIds.set(at, idLow);
        bytes += EVENT_BYTES;
        last = next;
    }

    /** Files the event that was begun. */
    void addToStream(Term stream) {
        streamNumbers.set(last - base - 1, stream.number() + 1);
        stream.add(last);
        stream.category().add(last);
        bytes += 2 * POSTING_BYTES;
    }

    /** Adds a type or tag of the event that was begun. */
    void add(TermKind kind, Name name) {
        Term found = terms(kind).find(name);
        if (found == null) {
            found = terms(kind).create(name.utf8(), name.hash());
            terms(kind).add(found);
            bytes += TERM_BYTES + name.utf8().length;
        }
        found.add(last);
        bytes += POSTING_BYTES;
    }

    /** The same by the bytes of its name. */
    void add(TermKind kind, byte[] array, int offset, int length) {
        findOrAdd(kind, array, offset, length).add(last);
        bytes += POSTING_BYTES;
    }

    void setRules(Term stream, StreamRules rules) {
        stream.setRules(rules);
        hasRules = true;
    }

    // ---- looking

    /** The stream of an event; nothing for one that was erased. */
    @Nullable
    Term streamOf(long position) {
        int number = streamNumbers.get(position - base - 1);
        return number == 0 ? null : terms(TermKind.STREAM).get(number - 1);
    }

    /** The id of an event. */
    UUID id(long position) {
        return new UUID(highIds.get(position - base - 1), lowIds.get(position - base - 1));
    }

    @Override
    public long base() {
        return base;
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public long place(long position) {
        return places.get(position - base - 1);
    }

    @Override
    public long timeMicros(long position) {
        return times.get(position - base - 1);
    }

    @Override
    public void places(long from, long[] target, int count) {
        places.get(from - base - 1, target, count);
    }

    @Override
    public void timesMicros(long from, long[] target, int count) {
        times.get(from - base - 1, target, count);
    }

    @Override
    public @Nullable Entry find(TermKey key) {
        return terms(key.kind()).find(key.name());
    }

    @Override
    public boolean hasRules() {
        return hasRules;
    }

    @Override
    public EntryWalk entries(TermKind kind, byte[] from) {
        return sorted[kind.number()].walk(from);
    }

    @Override
    public long entryCount(TermKind kind) {
        return terms(kind).size();
    }

    @Override
    public long streamsBegun(long head) {
        Terms streams = terms(TermKind.STREAM);
        long begun = 0;
        for (int i = streams.size() - 1; i >= 0; i--) {
            Term stream = streams.get(i);
            begun += stream.beganHere() && (head == Long.MAX_VALUE || stream.countUpTo(head) > 0) ? 1 : 0;
        }
        return begun;
    }

    @Override
    public long idsFrom() {
        return base + 1;
    }

    @Override
    public int idHash(long position) {
        return Ids.hash(seed, highIds.get(position - base - 1), lowIds.get(position - base - 1));
    }

    @Override
    public void idHashes(long from, int[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = idHash(from + i);
        }
    }
}
