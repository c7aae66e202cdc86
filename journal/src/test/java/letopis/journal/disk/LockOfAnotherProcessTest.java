package letopis.journal.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Locks between processes: with a real one. */
@Timeout(120)
class LockOfAnotherProcessTest {
    @TempDir
    Path directory;

    /** Takes the lock, says so, and gives it back when it is told to. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            Optional<DiskLock> lock = RealDisk.at(Path.of(arguments[0])).tryLock("lock");
            System.out.println(lock.isPresent() ? "held" : "refused");
            for (int told = System.in.read(); told == '\n'; told = System.in.read()) {
                lock.orElseThrow().close();
                System.out.println("given back");
            }
        }
    }

    @Test
    void whatAnotherProcessHoldsIsSeenRefusedAndFreeAgain() throws Exception {
        RealDisk disk = RealDisk.at(directory);
        Process other = start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            assertThat(disk.isLocked("lock")).isTrue();
            long before = System.nanoTime();
            assertThat(disk.tryLock("lock")).isEmpty();
            assertThat(System.nanoTime() - before).as("it was tried more than once, for a while")
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
            other.outputWriter().append('\n').flush();
            assertThat(said.readLine()).isEqualTo("given back");
            assertThat(disk.isLocked("lock")).isFalse();
            assertThat(disk.tryLock("lock")).isPresent();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void anotherProcessIsRefusedWhatThisOneHoldsAlsoAfterSomebodyLooked() throws Exception {
        RealDisk disk = RealDisk.at(directory);
        DiskLock lock = disk.tryLock("lock").orElseThrow();
        assertThat(disk.isLocked("lock")).isTrue();
        assertThat(disk.tryLock("lock")).isEmpty();
        Process other = start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("refused");
        } finally {
            other.destroyForcibly();
        }
        lock.close();
    }

    /** Trying again would be waiting for ourselves. */
    @Test
    void whatThisProcessHoldsIsRefusedAtOnce() throws IOException {
        RealDisk disk = RealDisk.at(directory);
        DiskLock lock = disk.tryLock("lock").orElseThrow();
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = System.nanoTime();
            assertThat(disk.tryLock("lock")).isEmpty();
            fastest = Math.min(fastest, System.nanoTime() - before);
        }
        assertThat(fastest).isLessThan(TimeUnit.MILLISECONDS.toNanos(40));
        lock.close();
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-cp", System.getProperty("java.class.path"), Holder.class.getName(), directory.toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }
}
