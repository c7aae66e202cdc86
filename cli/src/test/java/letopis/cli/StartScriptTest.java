package letopis.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The start script in a distribution: finds a Java, starts quickly the second time, and stands in nobody's way. */
class StartScriptTest {
    @TempDir
    Path directory;
    private Path script;

    /** Lays a distribution out from the class path of this test. */
    @BeforeEach
    void unpack() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        script = Files.createDirectories(directory.resolve("bin")).resolve("letopis");
        Files.copy(Path.of(System.getProperty("letopis.root"), "letopis"), script);
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path source = Path.of(entry);
            Path jar = lib.resolve(number++ + "-" + source.getFileName() + (Files.isDirectory(source) ? ".jar" : ""));
            if (Files.isDirectory(source)) {
                pack(source, jar);
            } else if (Files.exists(source)) {
                Files.copy(source, jar);
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
    }

    private Cli.Result letopis(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return new Cli.Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Map<String, String> java() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void firstStartMakesTheCacheAndLaterOnesSayNothing() throws Exception {
        Cli.Result first = letopis(java(), "--version");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("letopis ");
        assertThat(first.err()).contains("preparing fast starts");
        assertThat(directory.resolve("lib/letopis.aot")).exists();

        Cli.Result later = letopis(java(), "--version");
        assertThat(later.out()).startsWith("letopis ");
        assertThat(later.err()).isEmpty();
        try (Stream<Path> files = Files.list(directory.resolve("lib"))) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("training"));
        }

        try (OutputStream damaged = Files.newOutputStream(directory.resolve("lib/letopis.aot"))) {
            damaged.write("not a cache".getBytes(StandardCharsets.UTF_8));
        }
        Cli.Result withoutCache = letopis(java(), "--version");
        assertThat(withoutCache.out()).startsWith("letopis ").hasLineCount(1);
        assertThat(withoutCache.err()).isEmpty();
    }

    @Test
    void javaThatIsTooOldIsPassedOver() throws Exception {
        Path old = directory.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.copy(Path.of("/bin/true"), old.resolve("bin/java"));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"17.0.9\"\n");
        Path found = directory.resolve("home/.sdkman/candidates/java/25");
        Files.createDirectories(found.resolve("bin"));
        Files.copy(Path.of(System.getProperty("java.home"), "release"), found.resolve("release"));
        Path starter = Files.writeString(found.resolve("bin/java"),
                "#!/bin/sh\necho found by itself >&2\nexec " + Cli.JAVA + " \"$@\"\n");
        assertThat(starter.toFile().setExecutable(true)).isTrue();
        withoutTheUsualPlaces();

        Cli.Result result = letopis(
                Map.of("JAVA_HOME", old.toString(), "HOME", directory.resolve("home").toString(), "LETOPIS_NO_CACHE",
                        "1", "PATH", old.resolve("bin") + ":" + System.getenv("PATH")),
                "--version");

        assertThat(result.out()).startsWith("letopis ");
        assertThat(result.err()).isEqualTo("found by itself\n");
    }

    /** Else the Java of this machine would be found first. */
    private void withoutTheUsualPlaces() throws IOException {
        String text = Files.readString(script);
        String changed = text.replaceAll("(?m)^( +)(/usr/lib/jvm|/Library).*\\\\$", "$1/nowhere \\\\")
                .replaceAll("(?m)^ +/opt/homebrew.*$",
                        "        /nowhere");
        assertThat(changed).isNotEqualTo(text).doesNotContain("/usr/lib/jvm", "/Library", "/opt/homebrew");
        Files.writeString(script, changed);
    }

    @Test
    void withoutAnyJavaTheRemedyIsOneLine() throws Exception {
        withoutTheUsualPlaces();
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : new String[]{"sh", "dirname", "readlink"}) {
            Files.copy(Path.of("/bin", tool), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }

        Cli.Result result = letopis(Map.of("JAVA_HOME", "/nowhere", "HOME", "/nowhere", "PATH", tools.toString()),
                "--version");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(2)
                .satisfiesExactly(what -> assertThat(what).contains("no JDK 25 was found"),
                        remedy -> assertThat(remedy).contains("->").contains("JAVA_HOME"));
    }

    @Test
    void exitCodesAndSignalsPassThrough() throws Exception {
        Map<String, String> quick = Map.of("JAVA_HOME", System.getProperty("java.home"), "LETOPIS_NO_CACHE", "1");
        assertThat(letopis(quick, "raed").code()).isEqualTo(2);
        assertThat(letopis(quick, "stats", "--data", "nowhere").code()).isEqualTo(4);
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("bin/letopis"));
        script = link;
        assertThat(letopis(quick, "append", "order-1", "OrderCreated").code()).isZero();
        Path out = directory.resolve("tail");
        ProcessBuilder builder = new ProcessBuilder(Cli.hearingInterrupts(List.of("sh", script.toString(), "tail")))
                .directory(directory.toFile())
                .redirectOutput(out.toFile());
        builder.environment().putAll(quick);
        Process tail = builder.start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (Files.size(out) == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }

        new ProcessBuilder("kill", "-INT", String.valueOf(tail.pid())).start().waitFor();

        assertThat(tail.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(tail.exitValue()).isEqualTo(130);
    }
}
