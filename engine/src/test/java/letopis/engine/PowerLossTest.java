package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real file system loses its power at random moments under a writer in another process, again and again over one growing
 * store, and recovers by itself. What the device had taken is kept, forced or not; all that the kernel still had is lost.
 *
 * <p>How often: {@code -Dletopis.power.rounds} (5). Again with the same moments as far as the machine allows:
 * {@code -Dletopis.power.seed}.
 */
class PowerLossTest {
    private static final int ROUNDS = Integer.getInteger("letopis.power.rounds", 5);
    private static final long SEED = Long.getLong("letopis.power.seed", new Random().nextLong());
    private static final int THREADS = 4;
    private static final int MAX_LIFE_MILLIS = 300;
    private static final int MAX_ROUNDS_TO_CATCH = 20;

    private final Random random = new Random(SEED);
    private final CrashHistory history = new CrashHistory(random, THREADS);

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void nothingAcknowledgedIsLost(@TempDir Path parent) throws Exception {
        Optional<RealFileSystem> made = RealFileSystem.in(parent);
        if (made.isEmpty()) {
            return;
        }
        try (RealFileSystem files = made.get()) {
            int acknowledged = 0;
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    acknowledged += live(files, SEED + round);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("round " + round + ", -Dletopis.power.seed=" + SEED, e);
                }
            }
            System.out.println("power of an ext4 cut " + ROUNDS + " times (seed " + SEED + "): " + acknowledged
                    + " appends acknowledged, " + history.events() + " events, " + history.tornTails() + " torn tails");
            assertThat(acknowledged).isGreaterThan(ROUNDS);
        }
    }

    @Test
    void aStoreThatForcesNothingIsCaught(@TempDir Path parent) throws Exception {
        Optional<RealFileSystem> made = RealFileSystem.in(parent);
        if (made.isEmpty()) {
            return;
        }
        try (RealFileSystem files = made.get()) {
            for (int round = 0; round < MAX_ROUNDS_TO_CATCH; round++) {
                try {
                    live(files, SEED + round, "unforced");
                } catch (StoreDamagedException _) {
                    return; // its first file is gone
                } catch (AssertionError e) {
                    assertThat(e).hasMessageContaining("acknowledged");
                    return;
                }
            }
            throw new AssertionError("not caught in " + MAX_ROUNDS_TO_CATCH + " rounds, seed " + SEED);
        }
    }

    /** @return how many appends were acknowledged in one life of a writer, which ends with a power cut */
    private int live(RealFileSystem files, long seed, String... more) throws IOException, InterruptedException {
        Path store = files.directory().resolve("store");
        Process writer = OtherWriter.start(store, seed, THREADS, more);
        StringBuilder text = new StringBuilder();
        try (var output = writer.getInputStream()) {
            int first = output.read();
            assertThat(first).as("what the writer says at first").isNotNegative();
            text.append((char) first);
            Thread cutting = Thread.ofPlatform().start(() -> {
                pause();
                files.cutPower();
                writer.toHandle().destroyForcibly();
            });
            text.append(new String(output.readAllBytes(), StandardCharsets.UTF_8));
            cutting.join();
        } finally {
            writer.destroyForcibly().waitFor();
        }
        files.recover();
        List<CrashHistory.Acknowledged> said = text.substring(0, text.lastIndexOf("\n") + 1)
                .lines()
                .map(CrashHistory.Acknowledged::parse)
                .toList();
        history.check(store, seed, said);
        return said.size();
    }

    private void pause() {
        try {
            TimeUnit.MICROSECONDS.sleep(random.nextInt(MAX_LIFE_MILLIS * 1000));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
