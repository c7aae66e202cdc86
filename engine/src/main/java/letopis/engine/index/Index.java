package letopis.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.Part;
import letopis.engine.index.run.Run;
import letopis.engine.index.run.StreamRules;
import letopis.engine.index.run.TermKey;
import letopis.engine.index.run.TermKind;
import letopis.engine.record.EventKeys;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.engine.record.TagsRecord;
import letopis.journal.JournalMark;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Where the events are: for each stream, category, type and tag the ascending list of their positions, as search engines have
 * it, and for each position its place in the journal and its time. A stream's revision is its rank in the list.
 *
 * <p>An index is a list of {@linkplain Part parts}, each of a range of positions: the newest in memory, where events are
 * added; the older ones sorted files that never change ({@link Run}), written and merged by the {@link Upkeep}. When the part
 * in memory is full, it is frozen at the end of a block, and another one begins. So what is in memory is bounded by the
 * {@link IndexOptions}, however large the store; what is on disk reaches up to a mark in the journal, and an opening replays
 * the journal from there.
 *
 * <p>One thread adds. Others look, without locks, at what lies at or below a published head that they have read before (a
 * volatile write and read, which is what makes everything below it visible): every question names the head it is asked at.
 * The writer asks at the newest position that it added, published or not.
 */
public final class Index implements AutoCloseable {
    /** What {@link #lastRevision} says of a stream that may be begun. */
    public static final long NO_STREAM = -1;
    /** What {@link #lastRevision} says of a stream that was ended for ever. */
    public static final long ENDED = -2;

    private final UUID storeId;
    private final long seed;
    private final IndexOptions options;
    private final Upkeep upkeep;
    private volatile View view;
    private volatile AddedTags savedTags;
    private MemoryPart active;
    private @Nullable KnownIds ids;
    private @Nullable Name absent;
    private @Nullable View viewWithoutAbsent;

    /** @param failure why it cannot be saved, if that is known before it is tried */
    Index(UUID storeId, IndexOptions options, List<Slot> saved, AddedTags tags, @Nullable IndexFolder folder,
            Optional<? extends Throwable> failure) {
        this.storeId = storeId;
        this.seed = TermKey.seed(storeId);
        this.options = options;
        this.savedTags = tags;
        long base = saved.isEmpty() ? 0 : saved.getLast().part().last();
        this.active = new MemoryPart(base, seed);
        List<Slot> slots = new ArrayList<>(saved);
        slots.add(Slot.unsaved(active, Optional.empty()));
        this.view = new View(seed, slots, tags);
        this.upkeep = new Upkeep(this, options, folder, failure);
    }

    /** An empty index that stays in memory. */
    public static Index inMemory(UUID storeId, IndexOptions options) {
        return new Index(storeId, options, List.of(), AddedTags.NONE, null, Optional.empty());
    }

    UUID storeId() {
        return storeId;
    }

    View view() {
        return view;
    }

    // ---- adding, for one thread

    /** The position of the newest event that was added. */
    public long last() {
        return active.last();
    }

    /** The revision that the stream's next event gets. */
    public long nextRevision(Name stream) {
        Entry entry = view.newest(view.key(TermKind.STREAM, stream), false);
        return entry == null ? 0 : entry.baseRevision() + entry.count();
    }

    /** A stream to add events to, at once. */
    public Target target(Name stream) {
        Term known = active.findStream(stream.utf8(), 0, stream.utf8().length, stream.hash());
        return new Target(known != null ? known : addStream(stream));
    }

    /** The same for the stream of an event. */
    public Target target(EventKeys event) {
        byte[] array = event.array();
        int offset = event.streamOffset();
        int length = event.streamLength();
        Term known = active.findStream(array, offset, length, Name.hash(array, offset, length));
        if (known != null) {
            return new Target(known);
        }
        byte[] name = new byte[length];
        System.arraycopy(array, offset, name, 0, length);
        return new Target(addStream(Name.ofUtf8(name)));
    }

    private Term addStream(Name stream) {
        boolean isNew = absent != null && absent.equals(stream) && viewWithoutAbsent == view;
        return active.addStream(stream, isNew ? null : view.newest(view.key(TermKind.STREAM, stream), true));
    }

    /**
     * The revision of a stream's last event, as conditions see it; {@link #NO_STREAM} if it may be begun, {@link #ENDED} if it
     * may not. What no part has is remembered until {@link #target} is asked for it.
     */
    public long lastRevision(Name stream) {
        View now = view;
        StreamState state = now.stream(now.key(TermKind.STREAM, stream), last());
        if (state == null) {
            absent = stream;
            viewWithoutAbsent = now.hasRules() ? null : now; // with rules, there may be an entry that only has some
            return NO_STREAM;
        }
        StreamRules rules = state.rules();
        return rules.tombstoned() ? ENDED : rules.isDeleted(state.count()) ? NO_STREAM : state.count() - 1;
    }

    /** Adds the next event, to its stream. */
    public void add(PreparedEvent event, Target target, long place, long timeMicros) {
        long high = event.id().getMostSignificantBits();
        long low = event.id().getLeastSignificantBits();
        active.begin(place, timeMicros, high, low);
        active.addToStream(target.stream());
        active.add(TermKind.TYPE, event.type());
        for (Name tag : event.tags()) {
            active.add(TermKind.TAG, tag);
        }
        addId(high, low);
    }

    /** Adds the next event, to its stream. */
    public void add(EventKeys event, Target target, long place) {
        active.begin(place, event.timeMicros(), event.idHigh(), event.idLow());
        byte[] array = event.array();
        active.addToStream(target.stream());
        active.add(TermKind.TYPE, array, event.typeOffset(), event.typeLength());
        for (int i = 0; i < event.tagCount(); i++) {
            active.add(TermKind.TAG, array, event.tagOffset(i), event.tagLength(i));
        }
        addId(event.idHigh(), event.idLow());
    }

    /** Adds the next event, of which nothing is left but its position. */
    public void addErased(long place) {
        long time = last() == 0 ? 0 : timeMicros(last());
        active.begin(place, time, 0, 0);
        addId(0, 0);
    }

    private void addId(long high, long low) {
        if (ids != null) {
            ids.add(Ids.hash(seed, high, low), active.last());
        }
    }

    /** Forgets; the stream must have been begun. */
    public void forget(ForgetRecord record) {
        Term stream = target(Name.of(record.forget().stream())).stream();
        active.setRules(stream, stream.rules().with(record));
    }

    /** Adds tags to events that are there. */
    public synchronized void addTags(List<TagsRecord> records) {
        view = new View(seed, view.slots(), view.addedTags().with(records));
    }

    /** Says that events of a stream are gone, or may be: the stream is there, even where nothing else says so. */
    public void setFloor(Name name, StreamRules.Floor floor) {
        Term stream = target(name).stream();
        active.setRules(stream, stream.rules().with(floor));
        if (stream.nextRevision() < floor.revision()) {
            stream.beginAt(floor.revision());
        }
    }

    /**
     * The floors of a stream as its rules would have it now, and as it is.
     *
     * @param due      the first revision that is kept at this head and time
     * @param known    the floor there is
     */
    public record Floors(Name stream, long due, StreamRules.Floor known) {}

    /** Visits each stream of which something is forgotten. */
    public void forEachForgotten(long head, long nowMicros, Consumer<Floors> visitor) {
        View now = view;
        if (now.hasRules()) {
            new Streams(now, head, nowMicros).forEachForgotten(visitor);
        }
    }

    /** The same of one stream; nothing if it has no events. */
    public Optional<Floors> floors(Name stream, long head, long nowMicros) {
        return Optional.ofNullable(new Streams(view, head, nowMicros).floors(stream));
    }

    /** Leaves out the tags that were added to events that are gone from the journal. For the thread that adds. */
    public synchronized void dropTags(LongPredicate erased) {
        view = new View(seed, view.slots(), view.addedTags().without(erased));
    }

    /**
     * Leaves out events that are gone from the journal, in all parts that are frozen by now. Readers go on meanwhile. For the
     * thread that adds.
     *
     * @return completes when no part has them any more
     */
    public CompletableFuture<Void> drop(LongPredicate erased) {
        return upkeep.drop(erased);
    }

    /** Whether the part in memory is full: it is to be frozen when the next block ends. */
    public boolean isDue() {
        return active.events() >= options.maxPartEvents() || active.bytes() >= options.maxPartBytes();
    }

    /**
     * Freezes the part in memory, if there is anything in it: a block has ended, and all that was added is durable. Waits while
     * too many parts are frozen.
     *
     * @param mark the end of the log, if it is known
     */
    public void freeze(Optional<JournalMark> mark) {
        if (active.isEmpty()) {
            moveEnd(mark);
            return;
        }
        MemoryPart next = new MemoryPart(active.last(), seed);
        synchronized (this) {
            List<Slot> slots = new ArrayList<>(view.slots());
            slots.set(slots.size() - 1, Slot.unsaved(active, mark));
            slots.add(Slot.unsaved(next, Optional.empty()));
            view = new View(seed, slots, view.addedTags());
        }
        active = next;
        upkeep.look();
    }

    /** Nothing was added since the last part ended but what takes no position: that part reaches further now. */
    private void moveEnd(Optional<JournalMark> mark) {
        boolean moved = false;
        synchronized (this) {
            List<Slot> slots = new ArrayList<>(view.slots());
            int last = slots.size() - 2;
            if (last >= 0 && mark.isPresent() && !view.addedTags().equals(savedTags)
                    && !slots.get(last).end().equals(mark)) {
                slots.set(last, new Slot(slots.get(last).part(), mark, slots.get(last).number()));
                view = new View(seed, slots, view.addedTags());
                moved = true;
            }
        }
        if (moved) {
            upkeep.look();
        }
    }

    /** Whether more parts are kept in memory than may wait there. */
    boolean keepsMuch() {
        return view.slots().stream().filter(it -> !it.isSaved()).count() > options.maxFrozenParts() + 1L;
    }

    /**
     * Takes the runs of a writer that this index follows instead of its own parts, up to where they reach: of a part that
     * reaches further the rest is kept. For the thread that adds, where it does the upkeep itself.
     *
     * @return false if they say nothing new, or more than is known here
     */
    boolean adopt(List<Slot> saved) {
        long reached = saved.getLast().part().last();
        if (reached > last() || reached <= lastSaved()) {
            return false;
        }
        freeze(Optional.empty());
        List<Slot> slots = new ArrayList<>(saved);
        for (Slot slot : view.slots()) {
            if (slot.part().base() >= reached) {
                slots.add(slot);
            } else if (slot.part().last() > reached) {
                slots.add(Slot.unsaved(upkeep.behind(slot.part(), reached), slot.end()));
            }
        }
        synchronized (this) {
            view = new View(seed, slots, view.addedTags());
        }
        return true;
    }

    private long lastSaved() {
        long last = 0;
        for (Slot slot : view.slots()) {
            last = slot.isSaved() ? slot.part().last() : last;
        }
        return last;
    }

    /** Lets some parts be replaced by one that says the same. */
    synchronized void replace(List<Slot> old, Slot by) {
        view = new View(seed, replaced(old, by), view.addedTags());
    }

    /** The slots there would be. */
    synchronized List<Slot> replaced(List<Slot> old, Slot by) {
        List<Slot> slots = new ArrayList<>(view.slots());
        int at = 0;
        while (!slots.get(at).part().equals(old.getFirst().part())) {
            at++;
        }
        Optional<JournalMark> end = slots.get(at + old.size() - 1).end(); // it may have moved meanwhile
        slots.subList(at, at + old.size()).clear();
        slots.add(at, new Slot(by.part(), end, by.number()));
        return slots;
    }

    /** How many parts wait to become runs. */
    int frozenParts() {
        int frozen = -1;
        for (Part part : view.parts()) {
            frozen += part instanceof MemoryPart ? 1 : 0;
        }
        return frozen;
    }

    /** The tags that a manifest in place names. */
    AddedTags savedTags() {
        return savedTags;
    }

    void setSavedTags(AddedTags tags) {
        savedTags = tags;
    }

    // ---- ids, for the thread that adds

    /** Lets events be found by their ids from now on. */
    public void loadIds() {
        ids = new KnownIds(view.parts(), options.retryWindow(),
                options.background() ? Thread.ofPlatform().daemon().name("letopis-ids").factory() : null);
    }

    /** Looks where the so many-th id from now on will be known: many places are fetched at once. Use what it returns. */
    public int touch(UUID id, int ahead) {
        return Objects.requireNonNull(ids).touch(Ids.hash(seed, id), ahead);
    }

    /**
     * The position of the event with this id, or 0, if it is in the window of the newest events.
     *
     * @param idAt reads the id of an event that is no longer in memory
     */
    public long find(UUID id, LongFunction<UUID> idAt) {
        return Objects.requireNonNull(ids)
                .find(Ids.hash(seed, id), position -> id.equals(
                        view.partOf(position) instanceof MemoryPart part ? part.id(position) : idAt.apply(position)));
    }

    // ---- looking

    /** What is known of an event without reading it; nothing where it must be read. */
    public Optional<Filed> filed(long position) {
        if (!(view.partOf(position) instanceof MemoryPart part)) {
            return Optional.empty();
        }
        Term stream = part.streamOf(position);
        return stream == null
                ? Optional.empty()
                : Optional.of(new Filed(Name.ofUtf8(stream.name()),
                        stream.baseRevision() + stream.countUpTo(position) - 1, part.timeMicros(position),
                        part.id(position)));
    }

    /** The place of an event in the journal. */
    public long place(long position) {
        return view.partOf(position).place(position);
    }

    /** When an event was recorded. */
    public long timeMicros(long position) {
        return view.timeMicros(position);
    }

    /** The position of the first event at or after this time, or one beyond the head. */
    public long firstAtOrAfter(long micros, long head) {
        return view.firstAtOrAfter(micros, head);
    }

    /** How many streams there are. */
    public long streamCount(long head) {
        long count = 0;
        for (Part part : view.parts()) {
            count += part.base() < head ? part.streamsBegun(head) : 0;
        }
        return count;
    }

    /**
     * A cursor over the positions in a range, both ends included, whose events match. It may skip those that were forgotten,
     * but need not: {@link #isKept} tells.
     */
    public PositionCursor cursor(PreparedQuery query, long lowest, long highest, boolean backwards) {
        return view.cursor(query, lowest, highest, backwards);
    }

    /** Whether an event after this position may match; cheaper than a cursor that finds none. */
    public boolean mayMatch(PreparedQuery query, long after) {
        return view.mayMatch(query, after);
    }

    /** The position of a stream's first event with at least this revision, or one beyond the head if there is none. */
    public long positionAtOrAfter(String stream, long revision, long head) {
        View now = view;
        return now.positionAtOrAfter(now.key(TermKind.STREAM, Name.of(stream)), revision, head);
    }

    /** The position of a stream's last event with at most this revision, or 0 if there is none. */
    public long positionAtOrBefore(String stream, long revision, long head) {
        View now = view;
        return now.positionAtOrBefore(now.key(TermKind.STREAM, Name.of(stream)), revision, head);
    }

    /** The tags that were added to events after they were stored. */
    public AddedTags addedTags() {
        return view.addedTags();
    }

    /** Whether something of any stream is forgotten: otherwise every event is kept. */
    public boolean hasRules() {
        return view.hasRules();
    }

    /** Whether a read at this head and time sees an event of a stream, or it is forgotten. */
    public boolean isKept(Name stream, long revision, long timeMicros, long head, long nowMicros) {
        return view.isKept(stream, revision, timeMicros, head, nowMicros);
    }

    /** Whether a stream was ended for ever. */
    public boolean isTombstoned(Name stream) {
        return view.isTombstoned(stream);
    }

    /** What is known of a stream; nothing if it has no events up to the head. */
    public Optional<StreamInfo> stream(Name stream, long head, long nowMicros) {
        return Optional.ofNullable(new Streams(view, head, nowMicros).info(stream));
    }

    /** A page of the streams: see {@link letopis.store.EventStore#streams}. */
    public List<StreamInfo> streams(String prefix, String after, int limit, long head, long nowMicros) {
        return new Streams(view, head, nowMicros).page(prefix, after, limit);
    }

    /** The types of the events up to the head, ordered by the bytes of their names. */
    public List<TypeInfo> types(long head) {
        return new Streams(view, head, 0).types();
    }

    /** Figures, as of now. */
    public IndexStats stats() {
        return view.stats(frozenParts(), upkeep.failure());
    }

    /**
     * Saves the frozen parts, ends the upkeep and gives the runs' memory back; what was not frozen is read from the journal by
     * the next opening.
     */
    @Override
    public void close() {
        if (ids != null) {
            ids.close();
        }
        upkeep.close();
        for (Part part : view.parts()) {
            if (part instanceof Run run) {
                run.close();
            }
        }
    }
}
