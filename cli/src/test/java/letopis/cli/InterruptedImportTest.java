package letopis.cli;

import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import letopis.engine.EmbeddedEventStore;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An import that was broken off and run again leaves the store of one that was not. */
class InterruptedImportTest {
    private static final int LINES = 150_000;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = directory.resolve("in.jsonl");
        Random random = new Random(4711);
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < LINES; i++) {
                time = time.plusMillis(random.nextInt(3));
                out.write("{\"stream\":\"s-" + random.nextInt(5_000) + "\",\"type\":\"T" + i % 5 + "\",\"time\":\""
                        + time + "\",\"data\":{\"n\":" + i
                        + "}}\n");
            }
        }
    }

    @Test
    void ctrlCFinishesWhatIsUnderWayAndSaysHowToGoOn() throws Exception {
        Cli.Running running = Cli.start(directory, "import", "in.jsonl");
        awaitEvents(running, 1);
        running.signal("INT");
        Cli.Result result = running.result();

        assertThat(result.code()).as(result.err()).isEqualTo(130);
        assertThat(result.err()).contains("interrupted after line")
                .contains("run the same command again to go on")
                .doesNotContain("Exception");
        long done = head();
        assertThat(result.err()).contains(String.format("%,d events added", done));
        assertThat(done).isBetween(1L, LINES - 1L);
        resumedEqualsUndisturbed(done);
    }

    @Test
    void killedImportGoesOn() throws Exception {
        Cli.Running running = Cli.start(directory, "import", "in.jsonl");
        awaitEvents(running, 1);
        running.process().destroyForcibly();
        assertThat(running.result().code()).isNotZero();

        resumedEqualsUndisturbed(head());
    }

    @Test
    void ctrlCEndsAWaitForInput() throws Exception {
        Cli.Running running = Cli.start(directory, "import", "-");
        byte[] lines = Files.readAllBytes(file);
        int some = new String(lines, 0, 100_000, StandardCharsets.UTF_8).lastIndexOf('\n') + 1;
        running.process().getOutputStream().write(lines, 0, some);
        running.process().getOutputStream().flush();
        long count = new String(lines, 0, some, StandardCharsets.UTF_8).lines().count();
        awaitEvents(running, 0);
        running.signal("INT");
        Cli.Result result = running.result();

        assertThat(result.code()).as(result.err()).isEqualTo(130);
        assertThat(result.err()).contains("run the same command again to go on");
        assertThat(head()).isLessThanOrEqualTo(count);
        resumedEqualsUndisturbed(head());
    }

    private void resumedEqualsUndisturbed(long done) throws Exception {
        Cli.Result resumed = Cli.run(directory, "import", "in.jsonl", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("\"added\":" + (LINES - done) + ",\"alreadyThere\":" + done);
        assertThat(Cli.run(directory, "import", "in.jsonl", "--data", "undisturbed").code()).isZero();

        Cli.run(directory, "export", "--file", "resumed.jsonl");
        Cli.run(directory, "export", "--file", "undisturbed.jsonl", "--data", "undisturbed");
        assertThat(Files.mismatch(directory.resolve("resumed.jsonl"), directory.resolve("undisturbed.jsonl")))
                .isEqualTo(-1);
        assertThat(Files.readAllLines(directory.resolve("resumed.jsonl")).size()).isEqualTo(LINES);
    }

    private long head() {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory.resolve("data"))) {
            return store.head();
        }
    }

    /** Looks at the store beside the import until it has so many events. */
    private void awaitEvents(Cli.Running running, long events) throws Exception {
        Instant deadline = Instant.now().plus(MAX_WAIT);
        while (Instant.now().isBefore(deadline)) {
            assertThat(running.process().isAlive()).as("the import was over before it was broken off: make it longer")
                    .isTrue();
            try {
                if (head() >= events) {
                    return;
                }
            } catch (StoreUnusableException e) {
                // it is not made yet
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("the import wrote nothing in " + MAX_WAIT);
    }
}
