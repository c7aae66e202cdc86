package letopis.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code in the docs is code that is compiled and run: each block of Java or SQL stands under a line {@code <!-- file#tag -->} and
 * equals what stands in that file between {@code // tag::tag} and {@code // end::tag}; in SQL, {@code -- tag::tag}.
 */
class ExcerptsTest {
    private static final Path ROOT = Path.of(System.getProperty("letopis.root"));
    private static final Pattern BLOCK = Pattern.compile("(?:<!-- (\\S+)#(\\S+) -->\n)?```(?:java|sql)\n(.*?)```\n",
            Pattern.DOTALL);

    @Test
    void everyBlockIsAnExcerpt() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                assertThat(block.group(1)).as("the line above the block in %s that begins%n%s", page, block.group(3))
                        .isNotNull();
                Path source = ROOT.resolve(block.group(1));
                assertThat(block.group(3)).as("%s shows %s#%s", page.getFileName(), block.group(1), block.group(2))
                        .isEqualTo(excerpt(Files.readString(source), block.group(2)));
                shown.add(block.group(2));
            }
        }
        assertThat(shown).hasSizeGreaterThan(10).contains("order", "sql-history");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).toList());
            pages.add(ROOT.resolve("README.md"));
            return pages;
        }
    }

    private static String excerpt(String source, String tag) {
        Matcher lines = Pattern
                .compile("(?m)^ *(?://|--) tag::" + tag + "\n(.*?)^ *(?://|--) end::" + tag + "\n",
                        Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(source);
        assertThat(lines.find()).as("tag::%s … end::%s", tag, tag).isTrue();
        return lines.group(1).stripTrailing().stripIndent() + "\n";
    }
}
