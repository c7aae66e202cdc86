package letopis.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page that says which test stands for which promise names tests that there are, and every contract. */
class PromisesTest {
    private static final Path PAGE = Path.of("..", "docs", "conformance.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Contract)\\.(\\w+)`");

    @Test
    void everyTestThatThePageNamesIsInTheSuite() throws IOException {
        List<String> named = TEST.matcher(Files.readString(PAGE))
                .results()
                .map(it -> it.group(1) + "." + it.group(2))
                .toList();

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void everyContractIsNamedOnThePage() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult it) -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(tests().stream()
                .map(it -> it.substring(0, it.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> tests() {
        return Stream.concat(ConformanceReport.tests(WholeContract.class),
                ConformanceReport.tests(ReadOnlyContract.class))
                .map(PromisesTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }
}
