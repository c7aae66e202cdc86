package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writers with a small heap in which there is no memory left at random moments, one after the other over one growing store. No
 * caller waits for ever, nothing that was acknowledged is lost, and the store is whole when it is opened again.
 *
 * <p>How many: {@code -Dletopis.heap.rounds} (4). Again with the same seeds: {@code -Dletopis.heap.seed}.
 */
class StarvedWriterCrashTest {
    private static final int ROUNDS = Integer.getInteger("letopis.heap.rounds", 4);
    private static final long SEED = Long.getLong("letopis.heap.seed", new Random().nextLong());
    private static final int THREADS = 4;
    private static final int MIN_HEAP_MEGABYTES = 32;
    private static final int MAX_HEAP_MEGABYTES = 64;
    private static final int MAX_ROUNDS_TO_CATCH = 30;

    private final Random random = new Random(SEED);
    private final CrashHistory history = new CrashHistory(random, THREADS);
    private int failed;
    private int exhausted;

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void noMemoryAtRandomMomentsLosesNothing(@TempDir Path directory) throws Exception {
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<CrashHistory.Acknowledged> said = live(directory, SEED + round);
            acknowledged += said.size();
            try {
                history.check(directory, SEED + round, said);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round " + round + ", -Dletopis.heap.seed=" + SEED, e);
            }
        }
        System.out.println(ROUNDS + " writers without memory (seed " + SEED + "): " + acknowledged
                + " appends acknowledged, " + history.events() + " events, no memory " + exhausted
                + " times, " + failed + " stores said that they failed");
        assertThat(acknowledged).isPositive();
        assertThat(exhausted).as("how often there was no memory").isPositive();
    }

    @Test
    void anErrorThatIsSwallowedIsCaught(@TempDir Path directory) throws Exception {
        for (int round = 0; round < MAX_ROUNDS_TO_CATCH; round++) {
            List<CrashHistory.Acknowledged> said = live(directory, SEED + round, "swallowed");
            try {
                history.check(directory, SEED + round, said);
            } catch (StoreDamagedException e) {
                assertThat(e).hasMessageContaining("should have position");
                return; // what came after the gap was written
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining("acknowledged");
                return;
            }
        }
        throw new AssertionError("the planted bug was not caught in " + MAX_ROUNDS_TO_CATCH + " rounds, seed " + SEED);
    }

    private List<CrashHistory.Acknowledged> live(Path directory, long seed, String... more)
            throws IOException, InterruptedException {
        int megabytes = MIN_HEAP_MEGABYTES + random.nextInt(MAX_HEAP_MEGABYTES - MIN_HEAP_MEGABYTES + 1);
        Process writer = OtherWriter.start(StarvedWriter.class, megabytes, directory, seed, THREADS, more);
        try (var output = writer.getInputStream()) {
            List<String> lines = new String(output.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(writer.waitFor()).as("how the writer with seed %s and %s MB ended (%s: a caller waits for ever)",
                    seed, megabytes, StarvedWriter.HANGS).isNotEqualTo(StarvedWriter.HANGS);
            failed += lines.contains("!") ? 1 : 0;
            exhausted += lines.stream()
                    .filter(it -> it.startsWith("="))
                    .mapToInt(it -> Integer.parseInt(it.substring(1)))
                    .sum();
            return lines.stream()
                    .filter(it -> Character.isDigit(it.charAt(0)))
                    .map(CrashHistory.Acknowledged::parse)
                    .toList();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }
}
