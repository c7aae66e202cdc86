package letopis.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import letopis.store.Append;
import letopis.store.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A program that never closes its store ends all the same, says nothing it was not asked to say, and loses nothing. */
class ForgottenCloseTest {
    /** Such a program. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            EmbeddedEventStore store = EmbeddedEventStore.open(Path.of(arguments[0]));
            store.append(Append.to("order-17").of(Event.of("OrderCreated", "{}")));
            var _ = store.submit(Append.to("order-17").of(Event.of("OrderShipped", "{}"))).join();
        }
    }

    @Test
    void programEndsAndNothingIsLost(@TempDir Path directory) throws Exception {
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Program.class.getName(), directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("output, warnings of the JVM included")
                    .isEmpty();
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            assertThat(store.head()).isEqualTo(2);
            assertThat(store.tornTail()).isEmpty();
        }
    }
}
