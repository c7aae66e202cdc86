package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Subscriptions that are at about the same place share what was read: counted by the records that the journal was asked for. */
class SharedReadingTest {
    private static final int SUBSCRIBERS = 50;
    private static final int EVENTS = 300;

    private final RamJournal journal = new RamJournal();

    @Test
    void thoseThatCatchUpTogetherReadEachEventOnce() throws Exception {
        try (EventStore store = open(false)) {
            append(store, EVENTS, 100);

            assertThatEachEventIsReadOnceBy(subscribers(store, 0), EVENTS);
        }
    }

    @Test
    void thoseAtTheHeadReadEachNewEventOnce() throws Exception {
        try (EventStore store = open(false)) {
            append(store, EVENTS, 100);
            List<Subscription> subscribers = subscribers(store, EVENTS);
            try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
                Future<?> written = writer.submit(() -> append(store, EVENTS, 100));
                assertThatEachEventIsReadOnceBy(subscribers, EVENTS);
                written.get();
            }
        }
    }

    @Test
    void thoseWithQueriesOfTheirOwnShareToo() throws Exception {
        try (EventStore store = open(false)) {
            append(store, EVENTS, 100);
            List<Subscription> subscribers = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                subscribers.add(store.subscribe(i % 2 == 0 ? Query.category("order") : Query.type("Happened"), 0));
            }
            assertThatEachEventIsReadOnceBy(subscribers, EVENTS);
        }
    }

    @Test
    void largeEventsAreSharedToo() throws Exception {
        try (EventStore store = open(false)) {
            List<Subscription> subscribers = subscribers(store, 0);
            journal.recordsRead.set(0);
            for (int i = 1; i <= 5; i++) {
                append(store, 1, 500_000);
                for (Subscription each : subscribers) {
                    assertThat(next(each).position()).isEqualTo(i);
                }
            }
            assertThat(journal.recordsRead).hasValue(5);
        }
    }

    @Test
    void whoComesLaterThanIsKeptReadsForItself() throws Exception {
        int many = 10_000;
        try (EventStore store = open(false)) {
            append(store, many, 100);
            journal.recordsRead.set(0);
            assertThat(readAll(store.subscribe(Query.all(), 0), many)).hasSize(many);
            assertThat(readAll(store.subscribe(Query.all(), 0), many)).hasSize(many);
            assertThat(journal.recordsRead).hasValue(2L * many);
            assertThat(readAll(store.subscribe(Query.all(), many - 1_000), 1_000)).hasSize(1_000);
            assertThat(journal.recordsRead).hasValue(2L * many);
        }
    }

    /** The planted bug: each has a store object of its own, so that nothing can be shared. */
    @Test
    void thatNothingIsSharedWouldBeFound() throws Exception {
        try (EventStore store = open(false)) {
            append(store, EVENTS, 100);
        }
        List<EventStore> alone = new ArrayList<>();
        List<Subscription> subscribers = new ArrayList<>();
        try {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                alone.add(open(true));
                subscribers.add(alone.getLast().subscribe(Query.all(), 0));
            }
            assertThatThrownBy(() -> assertThatEachEventIsReadOnceBy(subscribers, EVENTS))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(String.valueOf(SUBSCRIBERS * EVENTS));
        } finally {
            alone.forEach(EventStore::close);
        }
    }

    private void assertThatEachEventIsReadOnceBy(List<Subscription> subscribers, int count) throws Exception {
        journal.recordsRead.set(0);
        CyclicBarrier together = new CyclicBarrier(subscribers.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Long>>> tasks = new ArrayList<>();
            for (Subscription each : subscribers) {
                tasks.add(() -> {
                    together.await();
                    return readAll(each, count);
                });
            }
            List<Future<List<Long>>> all = threads.invokeAll(tasks);
            for (Future<List<Long>> one : all) {
                assertThat(one.get()).isEqualTo(all.getFirst().get()).hasSize(count).isSorted();
            }
        }
        assertThat(journal.recordsRead.get()).isEqualTo(count);
    }

    private static List<Long> readAll(Subscription subscription, int count) throws InterruptedException {
        try (subscription) {
            List<Long> positions = new ArrayList<>();
            while (positions.size() < count) {
                positions.add(next(subscription).position());
            }
            return positions;
        }
    }

    private static RecordedEvent next(Subscription subscription) throws InterruptedException {
        while (true) {
            Optional<Signal> signal = subscription.poll(Duration.ofSeconds(60));
            if (signal.orElseThrow() instanceof Signal.Delivered it) {
                return it.event();
            }
        }
    }

    private static List<Subscription> subscribers(EventStore store, long after) {
        List<Subscription> all = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            all.add(store.subscribe(Query.all(), after));
        }
        return all;
    }

    private EventStore open(boolean readOnly) {
        return EmbeddedEventStore.start(new Opening(Path.of("ram"), journal, Optional.empty()), EngineOptions.DEFAULT,
                readOnly, System.nanoTime());
    }

    private static void append(EventStore store, int count, int bytes) {
        Bytes data = Bytes.wrap(new byte[bytes]);
        for (int i = 0; i < count; i++) {
            store.append(Append.to("order-" + i % 7).of(Event.of("Happened", data)));
        }
    }
}
