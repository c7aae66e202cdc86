package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import letopis.engine.index.Index;
import letopis.engine.index.IndexStats;
import letopis.engine.read.Events;
import letopis.engine.read.Follower;
import letopis.engine.read.Publication;
import letopis.engine.read.Replay;
import letopis.engine.record.Name;
import letopis.engine.seal.Sealing;
import letopis.engine.sequencer.Sequencer;
import letopis.journal.Journal;
import letopis.journal.JournalStats;
import letopis.journal.disk.RealDisk;
import letopis.proof.SealedRoot;
import letopis.proof.VerifyingKey;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.NotSupportedException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;
import letopis.store.StoreUnusableException;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * An event store in a directory of the local disk, inside this process.
 *
 * <p>One opening at a time writes to a directory; any number of others, also of other processes, may read it meanwhile. An
 * acknowledged append is durable: it survives the end of the process, however it comes, and a power cut (unless it is opened
 * with a weaker {@link Durability}). A store that was not closed loses nothing; its threads do not keep the process alive.
 *
 * <p>The newest events are indexed in memory, in parts of at most 65,536 events; older ones in sorted files in the directory
 * {@code index}, which are mapped. So an opening reads only the end of the journal, and the memory needed does not grow with the
 * store. The directory {@code index} can be deleted while the store is closed: the next opening makes it anew.
 */
public final class EmbeddedEventStore implements EventStore {
    private static final Set<Capability> EVERYTHING = Collections.unmodifiableSet(EnumSet.allOf(Capability.class));
    private static final Set<Capability> READING = Collections
            .unmodifiableSet(EnumSet.of(Capability.GAPLESS_POSITIONS, Capability.DURABLE));

    private final Path directory;
    private final EngineOptions options;
    private final Journal journal;
    private final Index index;
    private final long replayedEvents;
    private final boolean rebuilt;
    private final Events events;
    private final Optional<TornTail> tornTail;
    private final Proofs proofs;
    private final @Nullable Sequencer sequencer;
    private final @Nullable Follower follower;
    private final Duration openedIn;
    private final Queue<Retagging> retaggings = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ReentrantLock scavenging = new ReentrantLock();

    private EmbeddedEventStore(Opening opening, EngineOptions options, boolean readOnly, long beganNanos)
            throws IOException {
        this.directory = opening.directory();
        this.options = options;
        this.journal = opening.journal();
        this.tornTail = opening.tornTail();
        this.index = opening.savedIndex()
                .open(journal, opening.resumedFrom(), opening.indexOptions(), !readOnly);
        boolean started = false;
        try {
            long saved = index.last();
            Publication publication = new Publication(name());
            publication.publish(saved);
            Replay replay = new Replay(journal, index, publication);
            OpeningReplay opener = new OpeningReplay(replay, journal.lastPosition(), options.openingProgress());
            long nextBlock = journal.replay(saved == 0 ? 1 : opening.resumedFrom().orElseThrow().block() + 1, opener);
            this.replayedEvents = index.last() - saved;
            this.rebuilt = saved == 0 && index.last() > 0;
            if (!readOnly && rebuilt) {
                journal.force();
                index.freeze(Optional.of(journal.mark())); // what was read is not read again, whatever happens
            }
            this.events = new Events(journal, index, publication, options.clock());
            this.proofs = new Proofs(journal, events, opening.proofs());
            this.sequencer = readOnly
                    ? null
                    : new Sequencer(name(), journal, events, options.maxWaitingAppends(), options.maxWaitForRoom(),
                            options.maxBlockBytes(), sealing(opening));
            this.follower = readOnly
                    ? new Follower(journal, replay, publication, nextBlock,
                            () -> opening.savedIndex().refresh(index))
                    : null;
            started = true;
        } finally {
            if (!started) {
                index.close();
            }
        }
        this.openedIn = Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private Optional<Sealing> sealing(Opening opening) throws IOException {
        TamperEvidence evidence = options.tamperEvidence().orElse(null);
        return evidence == null
                ? Optional.empty()
                : Optional.of(Sealing.open(journal, events.index()::place, opening.proofs(),
                        evidence.sealOptions(events::nowMicros)));
    }

    /**
     * Opens the store in this directory for reading and writing, and creates it where there is none.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened; nothing was changed
     * @throws letopis.store.StoreDamagedException  if what is stored is not what was written; nothing was changed
     */
    public static EmbeddedEventStore open(Path directory) {
        return open(directory, EngineOptions.DEFAULT);
    }

    /** The same with options. */
    public static EmbeddedEventStore open(Path directory, EngineOptions options) {
        long began = System.nanoTime();
        return start(Opening.forWriting(directory, options), options, false, began);
    }

    /**
     * Opens the store in this directory for reading only, also while another process writes to it: sees every append as soon
     * as it is published, some milliseconds later, at no cost to the writer. Needs no room and changes nothing.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened
     * @throws letopis.store.StoreDamagedException  if what is stored is not what was written
     */
    public static EmbeddedEventStore openReadOnly(Path directory) {
        return openReadOnly(directory, EngineOptions.DEFAULT);
    }

    /** The same with options, of which only the clock, the limits and the progress matter here. */
    public static EmbeddedEventStore openReadOnly(Path directory, EngineOptions options) {
        long began = System.nanoTime();
        return start(Opening.forReading(directory), options, true, began);
    }

    /** Opens a store over a journal that is open. */
    static EmbeddedEventStore start(Opening opening, EngineOptions options, boolean readOnly, long beganNanos) {
        boolean opened = false;
        try {
            EmbeddedEventStore store = new EmbeddedEventStore(opening, options, readOnly, beganNanos);
            opened = true;
            return store;
        } catch (IOException e) {
            throw Opening.failed(opening.directory(), e);
        } finally {
            if (!opened) {
                opening.abandon();
            }
        }
    }

    /**
     * Reads the whole store and checks all of it, whether it is open somewhere or not. Changes nothing, and does not stop at
     * the first fault.
     *
     * @throws letopis.store.StoreUnusableException if there is no store, or it cannot be read
     */
    public static Verification verify(Path directory, VerifyProgress progress) {
        try {
            return new Verifier(RealDisk.at(directory), progress).verify(directory);
        } catch (StoreUnusableException e) {
            throw Opening.withRemedy(directory, e);
        }
    }

    /**
     * Hashes all events of the store and compares them with all seals of these keys, and with roots that were kept elsewhere,
     * whether it is open somewhere or not. Changes nothing, and trusts nothing in the directory.
     *
     * @param saved roots of this store that were kept where nobody could change them: only with them it is told that the end
     *              was cut off, or that this is an older copy
     * @throws letopis.store.StoreUnusableException  if there is no store, or it cannot be read
     * @throws letopis.store.StoreDamagedException   if what is stored is damaged: see {@link #verify}
     * @throws letopis.proof.InvalidProofException   if a root was not signed by one of the keys, or is another store's
     */
    public static AuditReport audit(Path directory, Collection<VerifyingKey> keys, Collection<SealedRoot> saved,
            VerifyProgress progress) {
        try {
            return new Auditor(RealDisk.at(directory), Optional.of(Opening.proofs(directory)), progress)
                    .audit(directory, keys, saved);
        } catch (StoreUnusableException e) {
            throw Opening.withRemedy(directory, e);
        }
    }

    /** What this store can prove, if it is or was {@linkplain EngineOptions#withTamperEvidence tamper-evident}. */
    public Proofs proofs() {
        events.publication().checkOpen();
        return proofs;
    }

    /** What opening the store cut off its end; nothing after a clean close. */
    public Optional<TornTail> tornTail() {
        return tornTail;
    }

    /** Figures of this opening, as of now. */
    public EngineStats stats() {
        long head = head();
        JournalStats size = journal.stats();
        return new EngineStats(directory, sequencer == null, head, events.index().streamCount(head), head,
                size.segments(), size.usedBytes(), size.allocatedBytes(),
                durability(size), openedIn, indexFigures());
    }

    private String durability(JournalStats size) {
        if (sequencer != null) {
            return options.durability().inWords();
        }
        return size.forcedLate()
                ? "forced to disk AFTER it is acknowledged: a power cut loses what was not forced yet"
                : Durability.FORCED.inWords();
    }

    private IndexFigures indexFigures() {
        IndexStats its = index.stats();
        return new IndexFigures(its.runs(), its.runBytes(), its.unsavedRuns(), its.frozenParts(), its.memoryEvents(),
                replayedEvents, rebuilt, its.failure());
    }

    @Override
    public Appended append(Append append) {
        return writer(Capability.APPEND, append).append(append);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What depends on the future runs in a thread of the store that completes futures one after the other; let other
     * threads do what takes long. The wait for room is refused with a {@link letopis.store.StoreBusyException} on that thread.
     */
    @Override
    public CompletableFuture<Appended> submit(Append append) {
        try {
            return writer(Capability.APPEND, append).submit(append);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Sequencer writer(Capability needed, Append append) {
        Sequencer writer = writer(needed);
        options.limits().check(append);
        return writer;
    }

    private Sequencer writer(Capability needed) {
        events.publication().checkOpen();
        if (sequencer == null) {
            throw new NotSupportedException(name() + " was opened read-only and", needed);
        }
        return sequencer;
    }

    @Override
    public Reading read(Read read) {
        return events.read(read);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A subscription has {@linkplain letopis.store.Signal.FellBehind fallen behind} when more than 4,096 events wait to be
     * looked at, and says how far it has {@linkplain letopis.store.Signal.Looked looked} after each 4,096 events of which none
     * matched.
     */
    @Override
    public Subscription subscribe(Query query, long after) {
        return events.subscribe(query, after);
    }

    @Override
    public long head() {
        events.publication().checkOpen();
        return events.publication().head();
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        return events.index().stream(Name.of(stream), head(), events.nowMicros());
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least 1 stream, not " + limit);
        }
        return events.index().streams(prefix, after, limit, head(), events.nowMicros());
    }

    @Override
    public List<TypeInfo> types() {
        return events.index().types(head());
    }

    @Override
    public void forget(Forget forget) {
        writer(forget instanceof Forget.Retain ? Capability.RETENTION : Capability.FORGET).forget(forget);
    }

    /**
     * Adds tags to the events that are stored already, in the background, while the store is in use: events that match the
     * query and were recorded up to now are given to the rule, in order, and get the tags that it says, beside those they
     * have. Reads show the added tags, and queries find the events by them, as soon as they are durable; the events in the
     * journal are not touched. Later events are not: append them with the tags they should have.
     *
     * <p>How far it has come is durable: begun again under the same name, after a crash or a {@link Retagging#close}, it goes
     * on from there, and looks at events that came since. Added tags are held in memory, about 100 bytes for each event.
     *
     * @param name names the retagging for ever; another rule needs another name
     * @param rule a function of the event alone; called in a thread of the store, one event after the other
     * @throws NotSupportedException if the store was opened read-only
     */
    public Retagging retag(String name, Query query, Function<RecordedEvent, Set<String>> rule) {
        Retagging retagging = new Retagging(this, events.index(), writer(Capability.APPEND), name, query, rule);
        retaggings.add(retagging);
        retagging.start();
        return retagging;
    }

    /**
     * Takes from the disk what was forgotten: data, metadata, types, tags and ids of events that were truncated, deleted, or are
     * beyond the age or count of their streams now. On return they are in no file of the directory. Positions and revisions of
     * other events stay what they are. Names of streams stay, since they say that and from where on something is forgotten.
     *
     * <p>The store is in use meanwhile. An interrupt or a crash leaves each file done or not; running it again does the rest. What
     * another opening reads just now it may read until it is done. A retry of an append whose events were erased is no longer
     * known as one. One scavenging at a time; a second one waits.
     *
     * @param progress is told after each segment
     * @throws StoreFailedException               if it could not be done to the end; the store is as good as before
     * @throws letopis.store.StoreFullException   if there is no room for what must be written first
     * @throws letopis.store.NotSupportedException if this opening only reads
     */
    public ScavengeReport scavenge(ScavengeProgress progress) {
        Sequencer writer = writer(Capability.FORGET);
        scavenging.lock();
        try {
            return new Scavenge(journal, events, writer, progress, keepsLeaves()).run();
        } finally {
            scavenging.unlock();
        }
    }

    /** Whether what is erased leaves its hash, so that the proofs of a sealed store outlive it. */
    private boolean keepsLeaves() {
        return options.tamperEvidence().isPresent() || proofs.sealedRoot().isPresent();
    }

    @Override
    public Limits limits() {
        return options.limits();
    }

    @Override
    public Set<Capability> capabilities() {
        return sequencer == null ? READING : EVERYTHING;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreFailedException if the files could not be closed in order; what was acknowledged is safe
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        retaggings.forEach(Retagging::close);
        if (sequencer != null) {
            sequencer.close();
        }
        events.publication().close();
        if (follower != null) {
            follower.close();
        }
        events.close();
        index.close();
        try {
            journal.close();
        } catch (IOException e) {
            throw new StoreFailedException("closing " + name() + " failed: " + e.getMessage(), e);
        }
    }

    private String name() {
        return "the store in " + directory;
    }

    @Override
    public String toString() {
        return name() + (sequencer == null ? ", read-only" : "");
    }
}
