package letopis.cli;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Following a store beside the process that writes to it. */
@Timeout(300)
class TailCommandTest {
    @TempDir
    Path directory;

    private static void append(EmbeddedEventStore store, String stream, int number) {
        store.append(Append.to(stream).of(Event.of("Counted", "{\"n\":" + number + "}")));
    }

    @Test
    void eventsAreShownWhileAnotherProcessWritesThem() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            for (int i = 1; i <= 20; i++) {
                append(store, "a-1", i);
            }
            ProcessBuilder builder = new ProcessBuilder(
                    Cli.hearingInterrupts(Cli.command(System.getProperty("java.class.path"), "tail", "--last", "2",
                            "--category", "a")))
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("LETOPIS_TTY", "");
            Process tail = builder.start();
            try (BufferedReader out = tail.inputReader()) {
                assertThat(out.readLine()).contains("\"position\":19,").contains("{\"n\":19}");
                assertThat(out.readLine()).contains("\"position\":20,").contains("{\"n\":20}");
                append(store, "b-1", 21);
                for (int i = 22; i <= 200; i++) {
                    append(store, "a-" + i % 3, i);
                    assertThat(out.readLine()).contains("\"position\":" + i + ",").contains("{\"n\":" + i + "}");
                }
                new ProcessBuilder("kill", "-INT", String.valueOf(tail.pid())).start().waitFor();
                assertThat(tail.waitFor()).isEqualTo(130);
                assertThat(out.readLine()).isNull();
            } finally {
                tail.destroyForcibly();
            }
        }
    }

    @Test
    void endsAfterAsManyAsWereAskedFor() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            for (int i = 1; i <= 5; i++) {
                append(store, "a-1", i);
            }
        }

        assertThat(Cli.run(directory, "tail", "--after", "2", "--limit", "2").lines()).hasSize(2)
                .first()
                .asString()
                .contains("\"position\":3,");
        Cli.Result beyond = Cli.run(directory, "tail", "--after", "9");
        assertThat(beyond.code()).isEqualTo(1);
        assertThat(beyond.err()).contains("position 9 lies beyond the store's head 5");
    }

    @Test
    void ctrlCIsHeardWhileNothingHappens() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            append(store, "a-1", 1);
        }
        Cli.Running tail = Cli.start(directory, "tail");
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (Files.size(tail.out()) == 0) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }

        tail.signal("INT");

        assertThat(tail.result().code()).isEqualTo(130);
        assertThat(tail.result().err()).isEmpty();
    }
}
