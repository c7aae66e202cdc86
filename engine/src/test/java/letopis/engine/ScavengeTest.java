package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import letopis.store.Append;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store that is scavenged answers as one that is not, and what was forgotten is in none of its files. */
class ScavengeTest {
    private static final int STREAMS = 8;

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final EngineOptions options = EngineOptions.DEFAULT.withClock(now::get)
            .withSegmentBytes(64 << 10, 64 << 10);

    @RepeatedTest(4)
    void randomProgramsAnswerAsIfNothingWereScavenged() throws IOException {
        long seed = Long.getLong("letopis.seed", new Random().nextLong());
        Random random = new Random(seed);
        Path plain = directory.resolve("plain");
        Path scavenged = directory.resolve("scavenged");
        EmbeddedEventStore one = EmbeddedEventStore.open(plain, options);
        EmbeddedEventStore other = EmbeddedEventStore.open(scavenged, options);
        long erased = 0;
        try {
            for (int step = 0; step < 250; step++) {
                now.updateAndGet(time -> time.plusSeconds(random.nextInt(20)));
                switch (random.nextInt(12)) {
                    case 0 -> forget(one, other, random);
                    case 1 -> erased += other.scavenge(ScavengeProgress.NONE).events();
                    case 2 -> {
                        if (random.nextInt(4) == 0) {
                            other.close();
                            if (random.nextBoolean()) {
                                delete(scavenged.resolve("index"));
                            }
                            other = EmbeddedEventStore.open(scavenged, options);
                        }
                    }
                    default -> append(one, other, random, step);
                }
                if (step % 10 == 9) {
                    compare(one, other, random);
                    compareConditions(one, other, random);
                }
            }
            erased += other.scavenge(ScavengeProgress.NONE).events();
            compare(one, other, random);
            assertThat(erased).as("seed %d", seed).isPositive();
            try (EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(scavenged, options)) {
                compare(one, reader, random);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("-Dletopis.seed=" + seed + ": " + e, e);
        } finally {
            one.close();
            other.close();
        }
        assertThat(EmbeddedEventStore.verify(scavenged, (_, _) -> {}).faults()).as("seed %d", seed).isEmpty();
    }

    private static void append(EventStore one, EventStore other, Random random, int step) {
        String stream = "order-" + random.nextInt(STREAMS);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(6); i++) {
            events.add(event(step, i, "x".repeat(random.nextInt(400))));
        }
        Append append = Append.to(stream).of(events.toArray(Event[]::new));
        String first = outcome(one, append);
        assertThat(outcome(other, append)).isEqualTo(first);
    }

    private static Event event(int step, int i, String filling) {
        String text = "{\"step\":\"" + step + "/" + i + filling + "\"}";
        return Event.of("Type" + i % 3, text)
                .withTags("step:" + step % 7, "all");
    }

    private static String outcome(EventStore store, Append append) {
        try {
            return store.append(append).toString();
        } catch (RuntimeException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }

    private static void forget(EventStore one, EventStore other, Random random) {
        int number = random.nextInt(STREAMS);
        String stream = "order-" + number;
        long count = one.stream(stream).map(info -> info.lastRevision() + 1).orElse(0L);
        Forget forget = switch (random.nextInt(7)) {
            case 0, 1 -> new Forget.Truncate(stream, count == 0 ? 0 : random.nextLong(count + 1));
            // What was erased does not come back when rules get weaker: so each stream has one rule.
            case 2, 3 -> new Forget.Retain(stream, number % 2 == 0
                    ? new Retention(Optional.empty(), OptionalLong.of(2 + number))
                    : new Retention(Optional.of(Duration.ofSeconds(60L * number)), OptionalLong.empty()));
            case 4 -> random.nextInt(4) == 0 ? new Forget.Tombstone(stream) : new Forget.Delete(stream);
            default -> new Forget.Delete(stream);
        };
        assertThat(outcome(other, forget)).isEqualTo(outcome(one, forget));
    }

    private static String outcome(EventStore store, Forget forget) {
        try {
            store.forget(forget);
            return "done";
        } catch (RuntimeException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }

    private static void compare(EventStore one, EventStore other, Random random) {
        assertThat(other.streams("", "", 100)).isEqualTo(one.streams("", "", 100));
        assertThat(positions(other, Read.all())).isEqualTo(positions(one, Read.all()));
        assertThat(StoreContent.of(other).equals(StoreContent.of(one))).isTrue();
        for (Query query : List.of(Query.stream("order-" + random.nextInt(STREAMS)), Query.type("Type1"),
                Query.tag("step:" + random.nextInt(7)), Query.category("order"), Query.tag("all", "step:3"))) {
            for (Read read : List.of(Read.of(query), Read.of(query).backwards())) {
                assertThat(positions(other, read)).as("%s", read).isEqualTo(positions(one, read));
                assertThat(all(other, read).equals(all(one, read))).isTrue();
            }
        }
    }

    private static void compareConditions(EventStore one, EventStore other, Random random) {
        long after = random.nextLong(one.head() + 1);
        Append conditional = Append.to("checked-1")
                .of(event(1, 1, ""))
                .failIfEventsMatch(Query.tag("step:" + random.nextInt(7)), after);
        assertThat(failure(other, conditional)).isEqualTo(failure(one, conditional));
    }

    /** Whether the condition of an append fails, and by which event; it is appended otherwise. */
    private static String failure(EventStore store, Append append) {
        try {
            return store.append(append).toString();
        } catch (ConditionFailedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<Long> positions(EventStore store, Read read) {
        return all(store, read).stream().map(RecordedEvent::position).toList();
    }

    private static List<RecordedEvent> all(EventStore store, Read read) {
        try (Reading reading = store.read(read)) {
            return reading.toList();
        }
    }

    @Test
    void nothingOfWhatWasForgottenIsInAnyFile() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            for (int i = 0; i < 400; i++) {
                String secret = i < 300 ? "SECRET" : "public";
                store.append(Append.to("order-" + i % 3)
                        .of(Event.of(secret + "type", "{\"a\":\"" + secret + "data" + "y".repeat(300) + "\"}")
                                .withTags(secret + "tag")));
            }
            assertThat(filesWith("SECRET")).isNotEmpty();
            try (Retagging retagging = store.retag("more", Query.all(),
                    event -> event.position() % 2 == 0 ? Set.of(event.event().type() + "added") : Set.of())) {
                assertThat(retagging.await(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(all(store, Read.of(Query.tag("publictypeadded")))).hasSize(50);
            for (int stream = 0; stream < 3; stream++) {
                store.forget(new Forget.Truncate("order-" + stream, 100));
            }
            List<Long> seen = new ArrayList<>();
            ScavengeReport report = store.scavenge((_, _, events, _) -> seen.add(events));
            assertThat(report.events()).isEqualTo(300);
            assertThat(report.reclaimedBytes()).isPositive();
            assertThat(seen.getLast()).isEqualTo(300);
            assertThat(filesWith("SECRET")).isEmpty();
            assertThat(all(store, Read.all())).hasSize(100);
            assertThat(all(store, Read.of(Query.tag("publictypeadded")))).hasSize(50);
            assertThat(store.scavenge(ScavengeProgress.NONE).events()).isZero();
            store.append(Append.to("order-0").of(Event.of("Next", "{}")));
            assertThat(store.stream("order-0").orElseThrow().lastRevision()).isEqualTo(134);
        }
        assertThat(filesWith("SECRET")).isEmpty();
        try (EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(directory, options)) {
            assertThatThrownBy(() -> reader.scavenge(ScavengeProgress.NONE))
                    .isInstanceOf(letopis.store.NotSupportedException.class);
        }
    }

    /** A scavenging that did not get to the end is done by the next one. */
    @Test
    void whatWasInterruptedIsDoneByRunningItAgain() throws IOException {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            for (int i = 0; i < 400; i++) {
                store.append(Append.to("order-1")
                        .of(Event.of("A", "{\"a\":\"SECRET" + "y".repeat(600) + "\"}").withTags("SECRETtag")));
            }
            store.forget(new Forget.Delete("order-1"));
            assertThatThrownBy(() -> store.scavenge((segments, _, _, _) -> {
                if (segments == 2) {
                    throw new IllegalStateException("stopped");
                }
            })).hasMessage("stopped");
        }
        assertThat(filesWith("SECRET")).isNotEmpty();
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            assertThat(all(store, Read.all())).isEmpty();
            store.scavenge(ScavengeProgress.NONE);
            assertThat(filesWith("SECRET")).isEmpty();
        }
    }

    @Test
    void readersAndWritersGoOnWhileItRuns() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            for (int i = 0; i < 600; i++) {
                store.append(Append.to("order-" + i % 5)
                        .of(Event.of("A", "{\"a\":\"" + "y".repeat(500) + "\"}").withTags("t:" + i % 4)));
            }
            for (int stream = 0; stream < 5; stream++) {
                store.forget(new Forget.Truncate("order-" + stream, 60));
            }
            List<RecordedEvent> expected = all(store, Read.all());
            AtomicBoolean done = new AtomicBoolean();
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            List<Thread> readers = new ArrayList<>();
            EmbeddedEventStore beside = EmbeddedEventStore.openReadOnly(directory, options);
            for (EventStore reader : List.of(store, beside, store)) {
                readers.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (!done.get()) {
                            assertThat(all(reader, Read.all()).subList(0, expected.size())).isEqualTo(expected);
                            assertThat(all(reader, Read.of(Query.tag("t:1")))).hasSizeGreaterThan(50);
                        }
                    } catch (RuntimeException | Error e) {
                        failures.add(e);
                    }
                }));
            }
            ScavengeReport report = store
                    .scavenge((_, _, _, _) -> store.append(Append.to("other-1").of(Event.of("B", "{}"))));
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            beside.close();
            assertThat(failures).isEmpty();
            assertThat(report.events()).isEqualTo(300);
            assertThat(all(store, Read.stream("other-1"))).isNotEmpty();
        }
    }

    private List<Path> filesWith(String marker) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(marker)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
