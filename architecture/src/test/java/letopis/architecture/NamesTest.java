package letopis.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

/** Names say what a thing is; every package says where to start and that it knows no null. */
class NamesTest {
    private static final Path ROOT = Path.of(System.getProperty("letopis.root"));

    @Test
    void namesAreNouns() {
        classes().should()
                .haveNameNotMatching(
                        ".*\\.(Abstract|Base)[A-Z]\\w*|.*(Util|Utils|Helper|Impl|Service)|.*(?<!Process)Manager")
                .check(new ClassFileImporter().importPackages("letopis"));
    }

    @Test
    void everyPackageIsNullMarkedAndIntroducesItself() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> folders = files
                    .filter(file -> file.toString().endsWith(".java")
                            && file.toString().contains("/src/main/java/letopis/"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();

            assertThat(folders).hasSizeGreaterThan(10).allSatisfy(folder -> {
                assertThat(folder.resolve("package-info.java")).exists();
                assertThat(Files.readString(folder.resolve("package-info.java"))).contains("@NullMarked")
                        .startsWith("/**");
            });
        }
    }

    @Test
    void noFileHoldsManyIdeas() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java") && file.toString().contains("/src/"))
                    .filter(NamesTest::isLong)).isEmpty();
        }
    }

    private static boolean isLong(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count() > 500;
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
