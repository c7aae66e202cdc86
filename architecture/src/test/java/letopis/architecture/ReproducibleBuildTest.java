package letopis.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two clean builds in two places give the same jars, byte for byte. */
class ReproducibleBuildTest {
    private static final Path ROOT = Path.of(System.getProperty("letopis.root"));
    private static final Path MAVEN = Path.of(System.getProperty("letopis.maven.home"), "bin", "mvn");
    private static final int MINUTES = 20;

    @Test
    void twoCleanBuildsAreByteIdentical(@TempDir Path temporary) throws Exception {
        Path first = copyTo(temporary.resolve("first"));
        Path second = copyTo(temporary.resolve("a-longer-name/second"));
        Process one = build(first);
        Process other = build(second);
        waitFor(one, first);
        waitFor(other, second);

        Map<String, String> digests = digestsOfJars(first);
        assertThat(digests).hasSizeGreaterThan(8)
                .containsKey("store/target/letopis-store-0.1.0-SNAPSHOT.jar")
                .isEqualTo(digestsOfJars(second));
    }

    private static Path copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.map(ROOT::relativize).filter(ReproducibleBuildTest::isSource).toList();
            for (Path source : sources) {
                Files.createDirectories(target.resolve(source).getParent());
                Files.copy(ROOT.resolve(source), target.resolve(source));
            }
        }
        return target;
    }

    private static boolean isSource(Path file) {
        String path = "/" + file;
        boolean left = path.contains("/target/") || path.contains("/src/test/") || path.startsWith("/.git/");
        boolean part = path.contains("/src/") || path.endsWith("/pom.xml") || path.startsWith("/config/")
                || path.startsWith("/.mvn/") || !path.substring(1).contains("/");
        return part && !left && Files.isRegularFile(ROOT.resolve(file));
    }

    private static Process build(Path place) throws IOException {
        return new ProcessBuilder(MAVEN.toString(), "-B", "-o", "-q", "-DskipTests",
                "-Dspotless.check.skip=true",
                "-Dmaven.repo.local=" + System.getProperty("letopis.maven.repository"), "package")
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("build.log").toFile())
                .start();
    }

    private static void waitFor(Process build, Path place) throws IOException, InterruptedException {
        try {
            assertThat(build.waitFor(MINUTES, TimeUnit.MINUTES)).as("built within %d minutes", MINUTES).isTrue();
            assertThat(build.exitValue())
                    .as("exit code of the build; it printed:%n%s", Files.readString(place.resolve("build.log")))
                    .isZero();
        } finally {
            build.destroyForcibly();
        }
    }

    private static Map<String, String> digestsOfJars(Path place) throws IOException, NoSuchAlgorithmException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path jar : files.filter(file -> file.toString().matches(".*/target/letopis[^/]*\\.jar")).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
                digests.put(place.relativize(jar).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return digests;
    }
}
