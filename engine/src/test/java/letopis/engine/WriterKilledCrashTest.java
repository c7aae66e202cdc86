package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer in another process is killed with SIGKILL at random moments, again and again over one growing store. After each:
 * every acknowledged append is there whole, at the positions it was told; no append is there in part; what was there before
 * has not changed; and a retry of what was under way is written once.
 *
 * <p>How often: {@code -Dletopis.kill.rounds} (100). Again with the same moments as far as the machine allows:
 * {@code -Dletopis.kill.seed}.
 */
class WriterKilledCrashTest {
    private static final int ROUNDS = Integer.getInteger("letopis.kill.rounds", 100);
    private static final long SEED = Long.getLong("letopis.kill.seed", new Random().nextLong());
    private static final int THREADS = 4;
    private static final int MAX_LIFE_MILLIS = 150;
    private static final int MAX_START_MILLIS = 500;
    private static final int MAX_ROUNDS_TO_CATCH = 50;

    private final Random random = new Random(SEED);
    private final List<UUID> history = new ArrayList<>();
    private int acknowledged;
    private int tornTails;

    /** What the writer said of an append before it was killed. */
    private record Acknowledged(int thread, int number, long first, long last) {}

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void nothingAcknowledgedIsLostAndNothingIsThereInPart(@TempDir Path directory) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            List<Acknowledged> said = writeUntilKilled(directory, seed);
            try {
                acknowledged += said.size();
                check(directory, seed, said);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round " + round + ", -Dletopis.kill.seed=" + SEED, e);
            }
        }
        System.out.println("writer killed " + ROUNDS + " times (seed " + SEED + "): " + acknowledged
                + " appends acknowledged, " + history.size() + " events, " + tornTails + " torn tails");
        assertThat(acknowledged).as("appends acknowledged in all rounds").isGreaterThan(ROUNDS);
    }

    @Test
    void acknowledgingBeforeTheWriteIsCaught(@TempDir Path directory) throws Exception {
        for (int round = 0; round < MAX_ROUNDS_TO_CATCH; round++) {
            List<Acknowledged> said = writeUntilKilled(directory, SEED + round, "early");
            try {
                check(directory, SEED + round, said);
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining("acknowledged");
                return;
            }
        }
        throw new AssertionError("the planted bug was not caught in " + MAX_ROUNDS_TO_CATCH + " rounds, seed " + SEED);
    }

    private List<Acknowledged> writeUntilKilled(Path directory, long seed, String... more)
            throws IOException, InterruptedException {
        Process writer = OtherWriter.start(directory, seed, THREADS, more);
        try (var output = writer.getInputStream()) {
            StringBuilder text = new StringBuilder();
            boolean atStart = random.nextInt(8) == 0;
            if (!atStart) {
                int first = output.read();
                if (first < 0) {
                    throw new AssertionError("the writer ended by itself with " + writer.waitFor());
                }
                text.append((char) first);
            }
            // while it is killed, its output is read: a full pipe would stop it
            Thread killer = Thread.ofPlatform().start(() -> kill(writer, atStart ? MAX_START_MILLIS : MAX_LIFE_MILLIS));
            text.append(new String(output.readAllBytes(), StandardCharsets.UTF_8));
            killer.join();
            return text.substring(0, text.lastIndexOf("\n") + 1).lines().map(WriterKilledCrashTest::parse).toList();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private void kill(Process writer, int maxMillis) {
        try {
            writer.waitFor(random.nextInt(maxMillis * 1000), TimeUnit.MICROSECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            writer.toHandle().destroyForcibly(); // the process would close its output, what was said in it included
        }
    }

    private static Acknowledged parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Acknowledged(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    private void check(Path directory, long seed, List<Acknowledged> said) {
        boolean readOnlyFirst = random.nextBoolean() && !history.isEmpty();
        if (readOnlyFirst) {
            try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
                checkEvents(store, seed, said);
            }
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, CrashWriter.OPTIONS)) {
            tornTails += store.tornTail().isPresent() ? 1 : 0;
            checkEvents(store, seed, said);
            retryWhatWasUnderWay(store, seed, said);
            checkEvents(store, seed, said).forEach(event -> history.add(event.id()));
        }
    }

    /** @return the events that were not there in the round before */
    private List<RecordedEvent> checkEvents(EmbeddedEventStore store, long seed, List<Acknowledged> said) {
        List<RecordedEvent> fresh = new ArrayList<>();
        try (Reading reading = store.read(Read.all())) {
            for (RecordedEvent event : reading) {
                int index = (int) event.position() - 1;
                if (index < history.size()) {
                    assertThat(event.id()).as("event at position %s", event.position()).isEqualTo(history.get(index));
                } else {
                    assertThat(event.position()).isEqualTo(history.size() + fresh.size() + 1L);
                    fresh.add(event);
                }
            }
        }
        assertThat(store.head()).isEqualTo(history.size() + (long) fresh.size());
        for (int at = 0; at < fresh.size();) {
            at = checkAppend(fresh, at);
        }
        for (Acknowledged one : said) {
            assertThat(one.last()).as("position of acknowledged %s", one).isLessThanOrEqualTo(store.head());
            assertThat(CrashLoad.of(fresh.get((int) one.first() - 1 - history.size())))
                    .as("append at %s", one)
                    .isEqualTo(new CrashLoad(seed, one.thread(), one.number()));
        }
        return fresh;
    }

    /** Checks that an append is there whole, and returns where the next begins. */
    private static int checkAppend(List<RecordedEvent> events, int from) {
        CrashLoad load = CrashLoad.of(events.get(from));
        List<Append.Entry> entries = load.append().entries();
        assertThat(events.size() - from).as("events of %s", load).isGreaterThanOrEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            RecordedEvent event = events.get(from + i);
            assertThat(event.event()).as("event %s of %s", i, load).isEqualTo(entries.get(i).event());
            assertThat(event.stream()).as("stream of event %s of %s", i, load).isEqualTo(entries.get(i).stream());
        }
        return from + entries.size();
    }

    private static void retryWhatWasUnderWay(EmbeddedEventStore store, long seed, List<Acknowledged> said) {
        for (int thread = 0; thread < THREADS; thread++) {
            int writer = thread;
            int next = said.stream()
                    .filter(it -> it.thread() == writer)
                    .mapToInt(it -> it.number() + 1)
                    .max()
                    .orElse(0);
            Append append = new CrashLoad(seed, thread, next).append();
            Appended appended = store.append(append);
            assertThat(store.append(append)).isEqualTo(appended);
            assertThat(appended.position() - appended.firstPosition() + 1).isEqualTo(append.entries().size());
        }
    }
}
