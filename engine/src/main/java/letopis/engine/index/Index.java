package letopis.engine.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import letopis.engine.record.EventKeys;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.store.Forget.Retention;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Where the events are: for each stream, category, type and tag the ascending list of their positions, as search engines have
 * it, and for each position its place in the journal, its time and its stream. A stream's revision is its rank in the list.
 *
 * <p>All of it lives in memory and is made anew from the journal when a store is opened; nothing outside of this class knows,
 * so that older parts can move to sorted files. An event takes about 70 bytes here, and a stream about 100.
 *
 * <p>One thread adds. Others look, without locks, at what lies at or below a published head that they have read before (a
 * volatile write and read, which is what makes everything below it visible): every question names the head it is asked at.
 * The writer asks at the newest position that it added, published or not.
 */
public final class Index {
    /** Positions take 32 bits in memory. More events than this do not fit into one index, or into any memory of today. */
    public static final long MAX_POSITION = (1L << 32) - 2;

    private final Terms streams = new Terms();
    private final Terms categories = new Terms();
    private final Terms types = new Terms();
    private final Terms tags = new Terms();
    private final LongColumn places = new LongColumn();
    private final LongColumn times = new LongColumn();
    private final IntColumn streamNumbers = new IntColumn();
    private final IntColumn categoryNumbers = new IntColumn();
    private final @Nullable Ids ids;
    private final Map<Term, StreamRules> rules = new ConcurrentHashMap<>();
    private final SortedNames listing = new SortedNames(streams);
    private long last;

    /** @param withIds whether events are to be found by their ids, which only a writer needs */
    public Index(boolean withIds) {
        this.ids = withIds ? new Ids() : null;
    }

    // ---- adding, for one thread

    /** The position of the newest event that was added. */
    public long last() {
        return last;
    }

    /** The revision that the stream's next event gets. */
    public long nextRevision(Name stream) {
        Term term = streams.find(stream);
        return term == null ? 0 : term.count();
    }

    /** A stream that events are about to be added to; looked up once for all of them. */
    public static final class Target {
        private final Term stream;

        private Target(Term stream) {
            this.stream = stream;
        }

        /** The revision that the stream's next event gets. */
        public long nextRevision() {
            return stream.count();
        }
    }

    /** A stream to add events to, at once. */
    public Target target(Name stream) {
        return new Target(stream(stream.utf8(), 0, stream.utf8().length, stream.hash()));
    }

    private Term stream(byte[] array, int offset, int length, int hash) {
        Term known = streams.find(array, offset, length, hash);
        if (known != null) {
            return known;
        }
        int category = 0;
        while (category < length && array[offset + category] != '-') {
            category++;
        }
        Term stream = streams.add(Arrays.copyOfRange(array, offset, offset + length), hash);
        categoryNumbers.set(stream.number(), categories.findOrAdd(array, offset, category).number());
        return stream;
    }

    /** Adds the next event, to its stream. */
    public void add(PreparedEvent event, Target target, long place, long timeMicros) {
        long position = begin(place, timeMicros);
        addToStream(target.stream, position);
        types.findOrAdd(event.type()).add(position);
        for (Name tag : event.tags()) {
            tags.findOrAdd(tag).add(position);
        }
        addId(event.id().getMostSignificantBits(), event.id().getLeastSignificantBits(), position);
    }

    /** Adds the next event, to its stream. */
    public void add(EventKeys event, Target target, long place) {
        long position = begin(place, event.timeMicros());
        byte[] array = event.array();
        addToStream(target.stream, position);
        types.findOrAdd(array, event.typeOffset(), event.typeLength()).add(position);
        for (int i = 0; i < event.tagCount(); i++) {
            tags.findOrAdd(array, event.tagOffset(i), event.tagLength(i)).add(position);
        }
        addId(event.idHigh(), event.idLow(), position);
    }

    private long begin(long place, long timeMicros) {
        long position = ++last;
        places.set(position, place);
        times.set(position, timeMicros);
        return position;
    }

    private void addToStream(Term stream, long position) {
        streamNumbers.set(position, stream.number());
        stream.add(position);
        categories.get(categoryNumbers.get(stream.number())).add(position);
    }

    private void addId(long high, long low, long position) {
        if (ids != null) {
            ids.add(high, low, position);
        }
    }

    /** The same for the stream of an event. */
    public Target target(EventKeys event) {
        return new Target(stream(event.array(), event.streamOffset(), event.streamLength(),
                Name.hash(event.array(), event.streamOffset(), event.streamLength())));
    }

    /** The position of the event with this id, or 0. For the writer. */
    public long find(UUID id) {
        return find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The same with the two halves of the id. */
    public long find(long idHigh, long idLow) {
        if (ids == null) {
            throw new AssertionError("an index without ids was asked for one");
        }
        return ids.find(idHigh, idLow);
    }

    /** Forgets; the stream must have been begun. */
    public void forget(ForgetRecord record) {
        Term stream = streams.find(Name.of(record.forget().stream()));
        if (stream == null) {
            throw new AssertionError("stream " + record.forget().stream() + " is to be forgotten and was never begun");
        }
        rules.merge(stream, StreamRules.NONE.with(record), (old, _) -> old.with(record));
    }

    // ---- looking

    /** The place of an event in the journal. */
    public long place(long position) {
        return places.get(position);
    }

    /** When an event was recorded. */
    public long timeMicros(long position) {
        return times.get(position);
    }

    /** The position of the first event at or after this time, or one beyond the head. */
    public long firstAtOrAfter(long micros, long head) {
        long low = 1;
        long high = head + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (times.get(middle) < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many streams there are. */
    public int streamCount(long head) {
        return streams.sizeUpTo(head);
    }

    /**
     * A cursor over the positions in a range, both ends included, whose events match. It may skip those that were forgotten,
     * but need not: {@link #isKept} tells.
     */
    public PositionCursor cursor(PreparedQuery query, long lowest, long highest, boolean backwards) {
        return new Plan(streams, categories, types, tags, lowest, highest, backwards,
                stream -> firstKept(stream, highest)).cursor(query);
    }

    /** A position below which nothing of a stream is kept, age aside. */
    private long firstKept(Term stream, long head) {
        StreamRules its = rules.isEmpty() ? null : rules.get(stream);
        if (its == null) {
            return 0;
        }
        int count = stream.countUpTo(head);
        long first = its.firstRevision(count);
        return first <= 0 ? 0 : first >= count ? head + 1 : stream.at((int) first);
    }

    /** The position of a stream's first event with at least this revision, or one beyond the head if there is none. */
    public long positionAtOrAfter(String stream, long revision, long head) {
        Term term = streams.find(Name.of(stream));
        return term == null || revision >= term.countUpTo(head) ? head + 1 : term.at((int) revision);
    }

    /** The position of a stream's last event with at most this revision, or 0 if there is none. */
    public long positionAtOrBefore(String stream, long revision, long head) {
        Term term = streams.find(Name.of(stream));
        int count = term == null ? 0 : term.countUpTo(head);
        return term == null || count == 0 ? 0 : term.at((int) Math.min(revision, count - 1));
    }

    /** The position of an event by its stream and revision, which must have been seen. */
    public long position(String stream, long revision) {
        Term term = streams.find(Name.of(stream));
        if (term == null) {
            throw new AssertionError("stream " + stream + " has no revision " + revision);
        }
        return term.at((int) revision);
    }

    /** The revision of an event. */
    public long revision(long position) {
        return streams.get(streamNumbers.get(position)).countUpTo(position) - 1L;
    }

    /** Whether an event is filed in this stream. */
    public boolean isIn(long position, Name stream) {
        return Arrays.equals(streams.get(streamNumbers.get(position)).name(), stream.utf8());
    }

    /** The name of the stream that an event is filed in. */
    public String streamOf(long position) {
        return streams.get(streamNumbers.get(position)).text();
    }

    /** Whether a read at this head and time sees an event, or it is forgotten. */
    public boolean isKept(long position, long head, long nowMicros) {
        if (rules.isEmpty()) {
            return true;
        }
        Term stream = streams.get(streamNumbers.get(position));
        StreamRules its = rules.get(stream);
        return its == null || (times.get(position) > its.tooOldMicros(nowMicros)
                && stream.countUpTo(position) - 1 >= its.firstRevision(stream.countUpTo(head)));
    }

    /** Whether a stream was ended for ever. */
    public boolean isTombstoned(Name stream) {
        if (rules.isEmpty()) {
            return false;
        }
        Term term = streams.find(stream);
        return term != null && rules.getOrDefault(term, StreamRules.NONE).tombstoned();
    }

    /** What is known of a stream; nothing if it has no events up to the head. */
    public Optional<StreamInfo> stream(Name stream, long head, long nowMicros) {
        Term term = streams.find(stream);
        return term == null || term.countUpTo(head) == 0 ? Optional.empty() : Optional.of(info(term, head, nowMicros));
    }

    /** A page of the streams: see {@link letopis.store.EventStore#streams}. */
    public List<StreamInfo> streams(String prefix, String after, int limit, long head, long nowMicros) {
        return listing
                .page(prefix.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8), limit, head)
                .stream()
                .map(term -> info(term, head, nowMicros))
                .toList();
    }

    private StreamInfo info(Term stream, long head, long nowMicros) {
        StreamRules its = rules.getOrDefault(stream, StreamRules.NONE);
        int count = stream.countUpTo(head);
        int first = (int) Math.min(count, its.firstRevision(count));
        long tooOld = its.tooOldMicros(nowMicros);
        if (tooOld != Long.MIN_VALUE) {
            first = stream.rankAbove(firstAtOrAfter(tooOld + 1, head) - 1, first, count);
        }
        StreamInfo.State state = its.tombstoned()
                ? StreamInfo.State.TOMBSTONED
                : its.isDeleted(count) ? StreamInfo.State.DELETED : StreamInfo.State.OPEN;
        long position = stream.at(count - 1);
        Retention retention = its.retention();
        return new StreamInfo(stream.text(), state, first, count - 1L, position, instant(times.get(position)),
                retention);
    }

    /** The types of the events up to the head, ordered by the bytes of their names. */
    public List<TypeInfo> types(long head) {
        List<Term> all = new ArrayList<>();
        types.forEachUpTo(head, all::add);
        all.sort(Comparator.comparing(Term::name, Arrays::compareUnsigned));
        return all.stream().map(type -> {
            int count = type.countUpTo(head);
            long first = type.at(0);
            long newest = type.at(count - 1);
            return new TypeInfo(type.text(), count, first, instant(times.get(first)), newest,
                    instant(times.get(newest)));
        }).toList();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
