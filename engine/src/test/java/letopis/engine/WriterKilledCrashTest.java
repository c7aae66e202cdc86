package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

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
    private final CrashHistory history = new CrashHistory(random, THREADS);
    private int acknowledged;

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void nothingAcknowledgedIsLostAndNothingIsThereInPart(@TempDir Path directory) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            List<CrashHistory.Acknowledged> said = writeUntilKilled(directory, seed);
            try {
                acknowledged += said.size();
                history.check(directory, seed, said);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round " + round + ", -Dletopis.kill.seed=" + SEED, e);
            }
        }
        System.out.println("writer killed " + ROUNDS + " times (seed " + SEED + "): " + acknowledged
                + " appends acknowledged, " + history.events() + " events, " + history.tornTails() + " torn tails");
        assertThat(acknowledged).as("appends acknowledged in all rounds").isGreaterThan(ROUNDS);
    }

    @Test
    void acknowledgingBeforeTheWriteIsCaught(@TempDir Path directory) throws Exception {
        for (int round = 0; round < MAX_ROUNDS_TO_CATCH; round++) {
            List<CrashHistory.Acknowledged> said = writeUntilKilled(directory, SEED + round, "early");
            try {
                history.check(directory, SEED + round, said);
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining("acknowledged");
                return;
            }
        }
        throw new AssertionError("the planted bug was not caught in " + MAX_ROUNDS_TO_CATCH + " rounds, seed " + SEED);
    }

    private List<CrashHistory.Acknowledged> writeUntilKilled(Path directory, long seed, String... more)
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
            return text.substring(0, text.lastIndexOf("\n") + 1).lines().map(CrashHistory.Acknowledged::parse).toList();
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
}
