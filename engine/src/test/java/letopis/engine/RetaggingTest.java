package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.InvalidNameException;
import letopis.store.NotSupportedException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetaggingTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long SEED = Long.getLong("letopis.retag.seed", new Random().nextLong());

    private final RecordingDisk disk = new RecordingDisk();

    private static Set<String> byStream(RecordedEvent event) {
        return Set.of("of:" + event.stream());
    }

    private static void append(EmbeddedEventStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.append(Append.to("a-" + i % 7).of(Event.of("T" + i % 2, "{}").withTags("own:" + i % 3)));
        }
    }

    private static List<RecordedEvent> read(EmbeddedEventStore store, Read read) {
        try (Reading reading = store.read(read)) {
            return reading.toList();
        }
    }

    /** Each event with the tag it should have, found by it both ways, alone and with others, and by its own tags as before. */
    private static void assertTagged(EmbeddedEventStore store, long upTo) {
        List<RecordedEvent> all = read(store, Read.all());
        for (RecordedEvent event : all) {
            Set<String> expected = new TreeSet<>(Set.of("own:" + (event.position() - 1) % 3));
            if (event.position() <= upTo) {
                expected.add("of:" + event.stream());
            }
            assertThat(event.event().tags()).as("position " + event.position()).isEqualTo(expected);
        }
        for (int i = 0; i < 7; i++) {
            String stream = "a-" + i;
            Query query = Query.tag("of:" + stream);
            List<RecordedEvent> found = all.stream()
                    .filter(it -> it.stream().equals(stream) && it.position() <= upTo)
                    .toList();
            assertThat(read(store, Read.of(query))).isEqualTo(found);
            assertThat(read(store, Read.of(query).backwards())).isEqualTo(found.reversed());
            assertThat(read(store, Read.of(Query.tag("of:" + stream, "own:1"))))
                    .isEqualTo(found.stream().filter(it -> it.event().tags().contains("own:1")).toList());
        }
    }

    @Test
    void oldEventsAreFoundByTheirNewTagsAlsoAfterTheStoreWasOpenedAgainAndItsIndexMadeAnew(@TempDir Path directory)
            throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            append(store, 0, 300);
            Retagging retagging = store.retag("by-stream", Query.all(), RetaggingTest::byStream);
            assertThat(retagging.await(LONG)).isTrue();
            assertThat(retagging.tagged()).isEqualTo(300);
            append(store, 300, 320);
            assertTagged(store, 300);
        }
        for (int i = 0; i < 3; i++) {
            try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
                assertThat(store.stats().index().rebuilt()).isEqualTo(i == 2);
                assertTagged(store, 300);
            }
            if (i == 1) {
                deleteIndex(directory);
            }
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            assertTagged(store, 300);
            assertThatThrownBy(() -> store.retag("other", Query.all(), RetaggingTest::byStream))
                    .isInstanceOf(NotSupportedException.class);
        }
    }

    private static void deleteIndex(Path directory) throws Exception {
        try (var files = java.nio.file.Files.walk(directory.resolve("index"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.delete(file);
            }
        }
    }

    @Test
    void retaggingOfManyEventsThatIsStoppedGoesOnWhereItWas(@TempDir Path directory) throws Exception {
        AtomicLong seen = new AtomicLong();
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            for (int i = 0; i < 25; i++) {
                List<Event> events = new ArrayList<>();
                for (int j = 0; j < 1000; j++) {
                    events.add(Event.of("T", "{}"));
                }
                store.append(Append.to("a-" + i).of(events));
            }
            Retagging first = store.retag("parity", Query.all(), event -> {
                seen.incrementAndGet();
                return event.position() == 7_777 ? stop(store) : parity(event);
            });
            assertThatThrownBy(() -> first.await(LONG)).hasMessage("stop here");
            assertThat(first.reached()).isBetween(5_000L, 7_776L);
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            Retagging second = store.retag("parity", Query.all(), event -> {
                seen.incrementAndGet();
                return parity(event);
            });
            assertThat(second.await(LONG)).isTrue();
            assertThat(seen.get()).isLessThan(25_000 + 3_000);
            assertThat(read(store, Read.of(Query.tag("parity:1")))).hasSize(12_500)
                    .allMatch(it -> it.position() % 2 == 1);
            Retagging third = store.retag("parity", Query.all(), _ -> stop(store));
            assertThat(third.await(LONG)).as("nothing is left to do").isTrue();
        }
    }

    private static Set<String> parity(RecordedEvent event) {
        return Set.of("parity:" + event.position() % 2);
    }

    private static Set<String> stop(EmbeddedEventStore store) {
        throw new IllegalStateException(store.head() > 0 ? "stop here" : "");
    }

    @Test
    void subscriptionFromTheBeginningDeliversOldEventsByTheirNewTags() throws Exception {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 20);
            assertThat(store.retag("by-stream", Query.all(), RetaggingTest::byStream).await(LONG)).isTrue();
            try (Subscription subscription = store.subscribe(Query.tag("of:a-3"), 0)) {
                assertThat(subscription.next()).isInstanceOfSatisfying(Signal.Delivered.class,
                        it -> assertThat(it.event().stream()).isEqualTo("a-3"));
            }
        }
    }

    @Test
    void tagThatIsNoTagEndsTheRetaggingAndHarmsNothing() throws Exception {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 5);
            Retagging wrong = store.retag("wrong", Query.all(), _ -> Set.of("new\nline"));
            assertThatThrownBy(() -> wrong.await(LONG)).isInstanceOf(InvalidNameException.class);
            assertTagged(store, 0);
            append(store, 5, 7);
        }
    }

    /** Power cuts at every step: what was reached is tagged, and the next one ends it. */
    @Test
    void retaggingSurvivesPowerCuts() throws Exception {
        Random random = new Random(SEED);
        List<RecordingDisk> states = new ArrayList<>();
        List<Long> reached = new ArrayList<>();
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 30);
            Retagging[] running = new Retagging[1];
            disk.afterEachOperation(() -> {
                PowerCut cut = disk.powerCut();
                int[] chosen = new int[cut.units()];
                for (int unit = 0; unit < chosen.length; unit++) {
                    chosen[unit] = random.nextInt(cut.ways(unit));
                }
                states.add(cut.state(chosen));
                reached.add(running[0] == null ? 0 : running[0].reached());
            });
            running[0] = store.retag("by-stream", Query.all(), RetaggingTest::byStream);
            assertThat(running[0].await(LONG)).isTrue();
            store.append(Append.to("a-2").of(Event.of("T0", "{}").withTags("own:0")));
        }
        disk.afterEachOperation(() -> {});
        assertThat(states).hasSizeGreaterThan(3);
        for (int i = 0; i < states.size(); i++) {
            try (EmbeddedEventStore store = Disks.open(states.get(i))) {
                for (RecordedEvent event : read(store, Read.all())) {
                    assertThat(event.position() > reached.get(i)
                            || event.event().tags().contains("of:" + event.stream())).as("seed " + SEED).isTrue();
                }
                assertThat(store.retag("by-stream", Query.all(), RetaggingTest::byStream).await(LONG)).isTrue();
                assertTagged(store, store.head());
            }
        }
    }
}
