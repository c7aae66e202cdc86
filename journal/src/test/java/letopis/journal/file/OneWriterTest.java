package letopis.journal.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import letopis.journal.RecordKind;
import letopis.journal.disk.RealDisk;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One process writes, others read beside it: with real processes. */
@Timeout(120)
class OneWriterTest {
    @TempDir
    Path directory;

    /** Opens a store in a process of its own, and says how that went. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            RealDisk disk = RealDisk.at(Path.of(arguments[1]));
            try (FileJournal journal = arguments[0].equals("write")
                    ? FileJournal.open(disk, JournalOptions.DEFAULT)
                    : FileJournal.openReadOnly(disk)) {
                System.out.println("blocks " + journal.lastBlock());
                if (arguments[0].equals("write")) {
                    CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[100]));
                    System.out.println("wrote");
                    // Holds the store until it is told to end, or killed.
                    int told = System.in.read();
                    System.out.println("told " + told);
                }
            } catch (StoreUnusableException e) {
                System.out.println(e.reason());
            }
        }
    }

    @Test
    void anotherProcessIsRefusedWhileThisOneWritesAndMayRead() throws Exception {
        try (FileJournal journal = FileJournal.open(RealDisk.at(directory), JournalOptions.DEFAULT)) {
            CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[10]));

            assertThat(lines("write")).containsExactly("IN_USE");
            assertThat(lines("read")).containsExactly("blocks 1");

            // The readers here and there have not ended the lock.
            FileJournal.openReadOnly(RealDisk.at(directory)).close();
            assertThat(lines("write")).containsExactly("IN_USE");
        }
    }

    @Test
    void thisProcessIsRefusedWhileAnotherWritesAndFollowsIt() throws Exception {
        Process writer = start("write");
        try (BufferedReader said = reader(writer)) {
            assertThat(said.readLine()).isEqualTo("blocks 0");
            assertThat(said.readLine()).isEqualTo("wrote");

            assertThatThrownBy(() -> FileJournal.open(RealDisk.at(directory), JournalOptions.DEFAULT))
                    .isInstanceOfSatisfying(StoreUnusableException.class,
                            e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.IN_USE));
            try (FileJournal journal = FileJournal.openReadOnly(RealDisk.at(directory))) {
                assertThat(journal.lastBlock()).isEqualTo(1);
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();

        // The lock ended with the process that was killed; its block is there.
        try (FileJournal journal = FileJournal.open(RealDisk.at(directory), JournalOptions.DEFAULT)) {
            assertThat(journal.lastBlock()).isEqualTo(1);
            assertThat(journal.tornTail()).isEmpty();
        }
    }

    @Test
    void aReaderFollowsANewWriter() throws Exception {
        FileJournal.open(RealDisk.at(directory), JournalOptions.DEFAULT).close();
        try (FileJournal reader = FileJournal.openReadOnly(RealDisk.at(directory))) {
            for (int i = 0; i < 5; i++) {
                try (FileJournal writer = FileJournal.open(RealDisk.at(directory), JournalOptions.DEFAULT)) {
                    CrashStateCheck.append(writer, WrittenBlock.of(RecordKind.EVENT, new byte[10]));
                    assertThat(reader.refresh()).isTrue();
                    assertThat(reader.lastPosition()).isEqualTo(i + 1);
                }
                assertThat(reader.refresh()).as("the mark of the clean end").isTrue();
            }
        }
    }

    private List<String> lines(String what) throws IOException, InterruptedException {
        Process process = start(what);
        try (BufferedReader said = reader(process)) {
            process.getOutputStream().close();
            List<String> lines = said.lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return lines;
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private Process start(String what) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(), what,
                directory.toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }
}
