package letopis.example.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The example as a user would read it, and run it: a process of its own, in an empty folder. */
class OrderExampleTest {
    private static final Path SOURCE = Path.of("src/main/java/letopis/example/orders/OrderExample.java");

    @TempDir
    private Path folder;

    @Test
    void itFitsOnOneScreen() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("// tag::order\n"), source.indexOf("// end::order"));

        assertThat(shown.lines().skip(1).filter(line -> !line.isBlank())).hasSizeBetween(20, 31);
    }

    @Test
    void printsTheStateAndNoWarningTheFirstTimeAndTheSecond() throws Exception {
        for (int run = 1; run <= 2; run++) {
            assertThat(run()).as("run %d", run)
                    .isEqualTo("Order[customer=c-456, shipped=true, cancelled=false]\n");
        }
        assertThat(folder.resolve("data")).isNotEmptyDirectory();
    }

    private String run() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), OrderExample.class.getName()).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends within 60 seconds").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output).replace(System.lineSeparator(), "\n");
    }
}
