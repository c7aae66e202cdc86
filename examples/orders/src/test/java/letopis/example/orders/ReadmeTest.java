package letopis.example.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README shows is what is compiled and run here. */
class ReadmeTest {
    private static final Path SOURCE = Path.of("src/main/java/letopis/example/orders/OrderExample.java");
    private static final Path README = Path.of("../../README.md");
    private static final String MARK = "<!-- order -->\n";

    @Test
    void theReadmeShowsTheExample() throws IOException {
        String source = between(Files.readString(SOURCE), "    // tag::order\n", "    // end::order\n");
        String shown = between(Files.readString(README), MARK + "```java\n", "```\n" + MARK);

        assertThat(shown).isEqualTo(source.indent(-4));
    }

    @Test
    void theExampleFitsOnOneScreen() throws IOException {
        String source = between(Files.readString(SOURCE), "    // tag::order\n", "    // end::order\n");

        assertThat(source.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(30);
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        assertThat(from).as("\"%s\" in the text", begin).isNotNegative();
        int to = text.indexOf(end, from + begin.length());
        assertThat(to).as("\"%s\" after it", end).isNotNegative();
        return text.substring(from + begin.length(), to);
    }
}
