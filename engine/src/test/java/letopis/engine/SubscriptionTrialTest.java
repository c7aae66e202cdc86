package letopis.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import letopis.journal.disk.Disk;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.RecordingDisk;
import letopis.journal.file.JournalOptions;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Many subscribers with different queries, while writers append. Each closes its subscription now and then and begins again
 * from its checkpoint. In the end each has got exactly the events that match, each once, in order, and has come to the head,
 * whether anything matched or not.
 *
 * <p>About how many deliveries: {@code -Dletopis.deliveries} (1,000,000); {@code -Dletopis.deliveries.seed}.
 */
@Timeout(7200)
class SubscriptionTrialTest {
    private static final long DELIVERIES = Long.getLong("letopis.deliveries", 1_000_000);
    private static final long SEED = Long.getLong("letopis.deliveries.seed", new Random().nextLong());
    private static final int WRITERS = 3;
    private static final int EVENTS_EACH = 8;
    /** How many subscribers get an event, on the average. */
    private static final double DELIVERIES_FOR_AN_EVENT = 8.4;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final JournalOptions OPTIONS = JournalOptions.DEFAULT.withSegmentBytes(64 << 10, 256 << 10)
            .withPreparation(Runnable::run);

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong handovers = new AtomicLong();
    private volatile long finalHead = Long.MAX_VALUE;

    @Test
    @SuppressWarnings("SystemOut") // says what was tried
    void everySubscriberGetsWhatMatchesOnceAndInOrder() throws InterruptedException {
        long begin = System.nanoTime();
        run((long) (DELIVERIES / DELIVERIES_FOR_AN_EVENT), SubscriptionBug.NONE);
        System.out.printf("%,d deliveries over %,d connections, %,d times caught up (seed %d), %.1f s%n",
                delivered.get(),
                connections.get(), handovers.get(), SEED, (System.nanoTime() - begin) / 1e9);
        assertThat(failures).as("seed %s", SEED).isEmpty();
        assertThat(delivered.get()).isGreaterThan(DELIVERIES / 2);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aSubscriptionThatIsWrongIsCaught(SubscriptionBug bug) {
        assertThatThrownBy(() -> {
            run(4_000, bug);
            throw new AssertionError(failures.stream()
                    .map(Throwable::getMessage)
                    .findFirst()
                    .map(it -> "caught: " + it)
                    .orElse("not caught"));
        }).hasMessageContaining("caught: ");
    }

    private void run(long events, SubscriptionBug bug) throws InterruptedException {
        RecordingDisk machine = new RecordingDisk();
        Disk disk = InterceptedDisk.of(machine, it -> {
            synchronized (machine) {
                return it.proceed();
            }
        });
        try (EmbeddedEventStore store = EmbeddedEventStore.start(Opening.forWriting(Disks.NAME, disk, OPTIONS),
                Disks.OPTIONS, false, System.nanoTime())) {
            List<Subscriber> subscribers = subscribers(store, bug);
            List<Thread> threads = new ArrayList<>();
            for (Subscriber subscriber : subscribers) {
                threads.add(Thread.ofVirtual().start(subscriber));
            }
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                writers.add(Thread.ofPlatform().start(() -> {
                    for (long n = 0; n < events / WRITERS / EVENTS_EACH; n++) {
                        store.append(append(random));
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            finalHead = store.head();
            for (Thread thread : threads) {
                thread.join();
            }
            compare(store, subscribers);
        }
    }

    private static Append append(SplittableRandom random) {
        List<Append.Entry> entries = new ArrayList<>();
        for (int i = 0; i < EVENTS_EACH; i++) {
            entries.add(new Append.Entry("order-" + random.nextInt(50),
                    Event.of("Type" + random.nextInt(10), "{}")
                            .withId(new UUID(random.nextLong(), random.nextLong()))
                            .withTags("tag:" + random.nextInt(10), "rare:" + random.nextInt(3000))));
        }
        return new Append(entries, List.of(), Optional.empty());
    }

    private List<Subscriber> subscribers(EventStore store, SubscriptionBug bug) {
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            queries.add(Query.tag("tag:" + i));
            queries.add(Query.type("Type" + i));
            queries.add(Query.tag("rare:" + i).or(Query.type("Type" + i).withTags("tag:" + i)));
            queries.add(Query.stream("order-" + i));
        }
        for (int i = 0; i < 3; i++) {
            queries.add(Query.all());
            queries.add(Query.category("order"));
        }
        queries.add(Query.tag("never:matches"));
        List<Subscriber> subscribers = new ArrayList<>();
        for (Query query : queries) {
            subscribers.add(new Subscriber(store, query, bug, new SplittableRandom(SEED * 31 + subscribers.size())));
        }
        return subscribers;
    }

    private void compare(EventStore store, List<Subscriber> subscribers) {
        long[] counts = new long[subscribers.size()];
        long[] hashes = new long[subscribers.size()];
        try (Reading reading = store.read(Read.all())) {
            for (RecordedEvent event : reading) {
                for (int i = 0; i < counts.length; i++) {
                    if (subscribers.get(i).query.matches(event)) {
                        counts[i]++;
                        hashes[i] = hashes[i] * 31 + event.position();
                    }
                }
            }
        }
        for (int i = 0; i < counts.length; i++) {
            Subscriber it = subscribers.get(i);
            if (it.count != counts[i] || it.hash != hashes[i]) {
                failures.add(new AssertionError("\"" + it.query + "\" matches " + counts[i] + " events, and " + it.count
                        + " were delivered, or others"));
            }
        }
    }

    /** Takes signals and closes its subscription now and then. */
    private final class Subscriber implements Runnable {
        private final EventStore store;
        private final Query query;
        private final SubscriptionBug bug;
        private final SplittableRandom random;
        private long count;
        private long hash;
        private long last;
        private long checkpoint;

        private Subscriber(EventStore store, Query query, SubscriptionBug bug, SplittableRandom random) {
            this.store = store;
            this.query = query;
            this.bug = bug;
            this.random = random;
        }

        @Override
        public void run() {
            try {
                long moved = System.nanoTime();
                while (checkpoint < finalHead) {
                    long before = checkpoint;
                    connect();
                    long now = System.nanoTime();
                    moved = checkpoint > before || finalHead == Long.MAX_VALUE ? now : moved;
                    if (now - moved > DEADLINE.toNanos()) {
                        throw new AssertionError("\"" + query + "\" stays at " + checkpoint + " of " + finalHead);
                    }
                }
            } catch (InterruptedException | RuntimeException | Error e) {
                failures.add(e);
            }
        }

        private void connect() throws InterruptedException {
            connections.incrementAndGet();
            int signals = 1 + random.nextInt(random.nextInt(10) == 0 ? 20 : 2_000);
            boolean caughtUp = false;
            try (Subscription subscription = store.subscribe(query, bug.checkpoint(checkpoint))) {
                for (int i = 0; i < signals && checkpoint < finalHead; i++) {
                    Optional<Signal> signal = subscription.poll(Duration.ofMillis(50));
                    if (signal.isPresent()) {
                        see(bug.signal(signal.get(), caughtUp, random));
                        caughtUp = signal.get() instanceof Signal.CaughtUp;
                    }
                    long position = subscription.position();
                    if (position < checkpoint) {
                        throw new AssertionError("the subscription went back to " + position);
                    }
                    checkpoint = position;
                }
            }
        }

        private void see(Signal signal) {
            switch (signal) {
                case Signal.Delivered(RecordedEvent event) -> {
                    if (event.position() <= last || !query.matches(event)) {
                        throw new AssertionError(
                                "\"" + query + "\" got the event at " + event.position() + " after that at "
                                        + last);
                    }
                    last = event.position();
                    count++;
                    hash = hash * 31 + last;
                    delivered.incrementAndGet();
                }
                case Signal.CaughtUp _ -> handovers.incrementAndGet();
                case Signal.FellBehind _,Signal.Looked _ -> {
                }
            }
        }
    }

    /** Bugs planted between a subscription and its subscriber. */
    enum SubscriptionBug {
        NONE,
        /** Now and then a connection begins one event too early. */
        DELIVERS_TWICE,
        /** The first event after it had caught up is lost. */
        LOSES_AT_THE_HANDOVER,
        /** Now and then a delivery is dropped. */
        LOSES_ONE;

        private long checkpoint(long checkpoint) {
            return this == DELIVERS_TWICE ? Math.max(0, checkpoint - 1) : checkpoint;
        }

        private Signal signal(Signal signal, boolean afterCatchingUp, SplittableRandom random) {
            boolean drops = signal instanceof Signal.Delivered && switch (this) {
                case LOSES_ONE -> random.nextInt(500) == 0;
                case LOSES_AT_THE_HANDOVER -> afterCatchingUp;
                default -> false;
            };
            return drops ? new Signal.Looked(0) : signal;
        }
    }
}
