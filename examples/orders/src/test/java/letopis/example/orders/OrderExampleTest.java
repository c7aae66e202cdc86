package letopis.example.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How short the example reads is a feature. */
class OrderExampleTest {
    private static final Path SOURCE = Path.of("src/main/java/letopis/example/orders/OrderExample.java");

    @Test
    void itFitsOnOneScreen() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("// tag::order\n"), source.indexOf("// end::order"));

        assertThat(shown.lines().skip(1).filter(line -> !line.isBlank())).hasSizeBetween(20, 31);
    }
}
