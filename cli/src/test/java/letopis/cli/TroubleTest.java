package letopis.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Event;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store in trouble gets: a clear word, the right code, and nothing half-written. */
class TroubleTest {
    @TempDir
    Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private void fill(int events) {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(data())) {
            for (int i = 0; i < events; i++) {
                store.append(Append.to("a-" + i % 7).of(Event.of("Counted", "{\"number\":" + i + "}")));
            }
        }
    }

    @Test
    void storeInUseIsReadAndNotWritten() throws Exception {
        fill(3);
        Files.writeString(directory.resolve("in.jsonl"), "{\"stream\":\"a-1\",\"type\":\"T\",\"data\":1}\n");
        try (EmbeddedEventStore store = EmbeddedEventStore.open(data())) {
            for (String[] command : new String[][]{{"append", "a-1", "T"}, {"import", "in.jsonl"}}) {
                Cli.Result result = Cli.run(directory, command);
                assertThat(result.code()).as(result.err()).isEqualTo(6);
                assertThat(result.err()).contains("data").contains("stop the process that writes to it");
            }
            assertThat(store.head()).isEqualTo(3);
            assertThat(Cli.run(directory, "read", "--all").lines()).hasSize(3);
            Cli.Result doctor = Cli.run(directory, "doctor");
            assertThat(doctor.code()).isZero();
            assertThat(doctor.out()).contains("a process writes to it now");
        }
    }

    @Test
    void directoryThatIsNoStoreIsLeftAlone() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("letter.txt"), "dear");

        for (String[] command : new String[][]{{"append", "a-1", "T"}, {"read", "--all"}, {"stats"}, {"verify"},
                {"doctor"}}) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--data", "other"));
            Cli.Result result = Cli.run(directory, arguments.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isEqualTo(1);
            assertThat(result.out() + result.err()).contains("letter.txt").contains("--data");
        }
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files).containsExactly(other.resolve("letter.txt"));
        }
        Cli.Result file = Cli.run(directory, "stats", "--data", "other/letter.txt");
        assertThat(file.code()).isEqualTo(1);
        assertThat(file.err()).contains("is not a directory");
    }

    @Test
    void damageIsFoundAndNamed() throws Exception {
        fill(200);
        Path segment = segment();
        byte[] bytes = Files.readAllBytes(segment);
        int place = indexOf(bytes, "{\"number\":50}");
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(place + 10);
            file.write('9');
        }

        Cli.Result read = Cli.run(directory, "read", "--all");
        assertThat(read.code()).as(read.err()).isEqualTo(5);
        assertThat(read.err()).contains(segment.getFileName().toString()).contains("letopis verify");
        Cli.Result verify = Cli.run(directory, "verify");
        assertThat(verify.code()).isEqualTo(5);
        assertThat(verify.out()).contains("\"file\":\"" + segment.getFileName()).contains("\"sound\":false");
        deleteIndex(); // with it, an opening reads only what lies behind its end
        assertThat(Cli.run(directory, "doctor").code()).isEqualTo(5);
        assertThat(Cli.run(directory, "append", "a-1", "T").code()).isEqualTo(5);
        bytes[place + 10] = '9';
        assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
    }

    private void deleteIndex() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("index"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aCommandThatIsProposedWorksOnTheSameStore() throws Exception {
        fill(3);
        Cli.Result missing = Cli.run(directory, "read", "nope-1", "--data", data().toString());
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err()).contains("streams --data " + data());
        Cli.Result empty = Cli.run(directory, "append", "a-1", "T", "--data", "");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("--data is empty");
    }

    @Test
    void storeOfANewerFormatIsRefusedWithBothVersionsAndLeftAsItIs() throws Exception {
        fill(3);
        Path superblock = data().resolve("letopis.store");
        byte[] bytes = Files.readAllBytes(superblock);
        bytes[8] = 2;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) checksum.getValue());
        Files.write(superblock, bytes);

        for (String[] command : new String[][]{{"append", "a-1", "T"}, {"read", "--all"}, {"verify"}, {"doctor"}}) {
            Cli.Result result = Cli.run(directory, command);
            assertThat(result.code()).as(result.err()).isEqualTo(1);
            assertThat(result.out() + result.err()).contains("version 2")
                    .contains("version 1")
                    .contains("newer Letopis");
        }
        assertThat(Files.readAllBytes(superblock)).isEqualTo(bytes);
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.filter(file -> file.toString().endsWith(".segment")).sorted().findFirst().orElseThrow();
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError(text + " is not in the file");
    }

    @Test
    void directoryWithoutPermissionIsSaidToBeSo() throws Exception {
        fill(3);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Cli.Result write = runAsNobody("append", "a-1", "T", "--data", data().toString());
            assertThat(write.code()).as(write.err()).isEqualTo(7);
            assertThat(write.err()).contains(data().toString()).contains("rights");
            Cli.Result read = runAsNobody("read", "--all", "--data", data().toString());
            assertThat(read.code()).as(read.err()).isZero();
            assertThat(read.lines()).hasSize(3);

            Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("---------"));
            for (String command : new String[]{"stats", "doctor", "verify"}) {
                assertThat(runAsNobody(command, "--data", data().toString()).code()).as(command).isEqualTo(7);
            }
        } finally {
            Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** The superuser may do everything; so it becomes somebody who may not, with a copy of the classes that everybody may read. */
    private Cli.Result runAsNobody(String... arguments) throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return Cli.run(directory, arguments);
        }
        Path classes = directory.resolve("classes");
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(Cli.command(copyOfTheClassPath(classes), arguments));
        return Cli.start(Path.of("/"), command).result();
    }

    private static String copyOfTheClassPath(Path target) throws IOException {
        List<String> entries = new ArrayList<>();
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path source = Path.of(entry);
            Path copy = target.resolve(number++ + "-" + source.getFileName());
            entries.add(copy.toString());
            if (Files.exists(source) && !Files.exists(copy)) {
                try (Stream<Path> files = Files.walk(source)) {
                    for (Path file : files.toList()) {
                        Path there = file.equals(source) ? copy : copy.resolve(source.relativize(file).toString());
                        Files.createDirectories(there.getParent());
                        Files.copy(file, there, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        return String.join(":", entries);
    }

    @Test
    void fullDiskStopsAnImportThatGoesOnOnceThereIsRoom() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        mount("6m", small);
        try {
            Path file = directory.resolve("in.jsonl");
            try (var out = Files.newBufferedWriter(file)) {
                for (int i = 0; i < 40_000; i++) {
                    out.write("{\"stream\":\"a-" + i % 9 + "\",\"type\":\"T\",\"data\":{\"n\":" + i + ",\"text\":\""
                            + "x".repeat(i * 7 % 500)
                            + "\"}}\n");
                }
            }
            Cli.Result full = Cli.run(directory, "import", "in.jsonl", "--data", "small/data");
            assertThat(full.code()).as(full.err()).isEqualTo(1);
            assertThat(full.err()).contains("in.jsonl:")
                    .contains("room")
                    .contains("run the same command again")
                    .doesNotContain("Exception");
            List<String> before = Cli.run(directory, "export", "--data", "small/data").lines();
            assertThat(before).isNotEmpty().hasSizeLessThan(40_000);

            assertThat(run("mount", "-o", "remount,size=80m", small.toString())).isZero();
            Cli.Result resumed = Cli.run(directory, "import", "in.jsonl", "--data", "small/data", "--json");
            assertThat(resumed.out())
                    .contains("\"added\":" + (40_000 - before.size()) + ",\"alreadyThere\":" + before.size());
            List<String> lines = Cli.run(directory, "export", "--data", "small/data").lines();
            for (int i = 0; i < 40_000; i++) {
                assertThat(lines.get(i)).contains("{\"n\":" + i + ",");
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private static void mount(String size, Path place) throws Exception {
        if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", place.toString()) != 0) {
            System.err.println("NOT TRIED: a full disk; a small file system cannot be mounted here (it needs root)");
            Assumptions.abort("a small file system cannot be mounted here");
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
