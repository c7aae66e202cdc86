package letopis.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import letopis.engine.index.Index;
import letopis.engine.record.TagsRecord;
import letopis.engine.sequencer.Sequencer;
import letopis.engine.thread.OwnedThread;
import letopis.store.Append;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Adds tags to events that are stored already, in the background: begun by {@link EmbeddedEventStore#retag}. The events in the
 * journal stay as they are; the tags are written behind them, and are seen as tags of the events from then on, by reads and
 * queries alike. Safe for any number of threads.
 */
public final class Retagging implements AutoCloseable {
    /** So many events are looked at, at most, before what was found is written. */
    private static final int BATCH_EVENTS = 10_000;
    private static final int BATCH_TAGGED = 2_000;

    private final EventStore store;
    private final Sequencer sequencer;
    private final String name;
    private final Query query;
    private final Function<RecordedEvent, Set<String>> rule;
    private final long target;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile long reached;
    private final LongAdder tagged = new LongAdder();
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    Retagging(EventStore store, Index index, Sequencer sequencer, String name, Query query,
            Function<RecordedEvent, Set<String>> rule) {
        this.store = store;
        this.sequencer = sequencer;
        this.name = name;
        this.query = query;
        this.rule = rule;
        this.target = store.head();
        this.reached = index.addedTags().reached(name);
        this.thread = Thread.ofPlatform().daemon().name("letopis-retagging").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (reached < target && !stopping) {
                batch();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            done.countDown();
        }
    }

    private void batch() {
        List<TagsRecord> records = new ArrayList<>();
        long looked = Math.min(target, reached + BATCH_EVENTS);
        Read read = Read.of(query).from(Point.position(reached + 1)).to(Point.position(looked));
        try (Reading events = store.read(read)) {
            while (events.hasNext()) {
                RecordedEvent event = events.next();
                addTags(event, records);
                if (records.size() == BATCH_TAGGED || stopping) {
                    looked = event.position();
                    break;
                }
            }
        }
        int found = records.size();
        records.add(new TagsRecord.Reached(looked, name));
        sequencer.addTags(records);
        tagged.add(found);
        reached = looked;
    }

    private void addTags(RecordedEvent event, List<TagsRecord> records) {
        Set<String> more = new TreeSet<>(rule.apply(event));
        more.removeAll(event.event().tags());
        if (!more.isEmpty()) {
            Set<String> all = new TreeSet<>(event.event().tags());
            all.addAll(more);
            store.limits().check(Append.to(event.stream()).of(event.event().withTags(all)));
            records.add(new TagsRecord.Added(event.position(), more));
        }
    }

    /** Up to which position all events were looked at, and what was found is durable. */
    public long reached() {
        return reached;
    }

    /** The position up to which it goes: the head when it was begun. */
    public long target() {
        return target;
    }

    /** How many events it gave tags to since it was begun here. */
    public long tagged() {
        return tagged.sum();
    }

    /**
     * Waits for the end.
     *
     * @return whether it has reached its target; false if it was closed before, or the time is over
     * @throws letopis.store.StoreException if the store failed; another exception if the rule threw one
     * @throws InterruptedException         if the thread was interrupted while it waited; the retagging goes on
     */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean ended = done.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        Throwable why = failure;
        if (why instanceof RuntimeException e) {
            throw e;
        }
        if (why instanceof Error e) {
            throw e;
        }
        return ended && reached >= target;
    }

    /** Stops it, unless it is at its end; the next one of this name goes on where it stopped. Waits until it has stopped. */
    @Override
    public void close() {
        stopping = true;
        if (Thread.currentThread() != thread) {
            OwnedThread.join(thread);
        }
    }
}
