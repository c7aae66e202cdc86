package letopis.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.RealDisk;
import letopis.store.StoreFullException;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real file system with no room left. Needs the right to mount one; says so loudly where it has none. */
@Timeout(120)
class SmallFileSystemTest {
    private static final JournalOptions SMALL = JournalOptions.DEFAULT.withSegmentBytes(64 << 10, 256 << 10);

    @TempDir
    Path directory;

    @Test
    void aFullDiskFailsAppendsKeepsWhatIsThereAndLetsThemGoOnWhenThereIsRoom() throws Exception {
        if (!mounted("size=2m")) {
            return;
        }
        try {
            Path filler = directory.resolve("filler");
            Files.write(filler, new byte[1 << 20]);
            RealDisk disk = RealDisk.at(directory.resolve("store"));
            WrittenLog log = WrittenLog.EMPTY;
            try (FileJournal journal = FileJournal.open(disk, SMALL)) {
                SplittableRandom random = new SplittableRandom(4);
                Optional<StoreFullException> full = Optional.empty();
                while (full.isEmpty()) {
                    WrittenBlock block = WrittenBlock.random(random);
                    try {
                        CrashStateCheck.append(journal, block);
                        log = log.with(block);
                    } catch (StoreFullException e) {
                        full = Optional.of(e);
                    }
                }
                assertThat(full.get()).hasCauseInstanceOf(DiskFullException.class);
                log.check(journal);
                WrittenBlock more = WrittenBlock.random(random);
                Files.delete(filler);
                CrashStateCheck.append(journal, more);
                log = log.with(more);
                Files.write(filler, new byte[100]);
            }
            log = log.with(WrittenBlock.CLEAN_END);
            fill(directory.resolve("rest"));
            try (FileJournal journal = FileJournal.open(disk, SMALL)) {
                log.check(journal);
            }
            try (FileJournal journal = FileJournal.openReadOnly(disk)) {
                log.check(journal);
            }
        } finally {
            unmount();
        }
    }

    @Test
    void aStoreThatHasNoRoomIsNotCreatedAndCanBeLater() throws Exception {
        if (!mounted("size=64k")) {
            return;
        }
        try {
            RealDisk disk = RealDisk.at(directory.resolve("store"));
            assertThatThrownBy(() -> FileJournal.open(disk, SMALL)).isInstanceOfSatisfying(
                    StoreUnusableException.class,
                    e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.NO_ROOM));
            run("mount", "-o", "remount,size=1m", directory.toString());
            FileJournal.open(disk, SMALL).close();
        } finally {
            unmount();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] chunk = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 10_000; i++) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private boolean mounted(String size) throws IOException, InterruptedException {
        if (run("mount", "-t", "tmpfs", "-o", size, "letopis-test", directory.toString()) == 0) {
            return true;
        }
        System.err.println("NOT TESTED: what a full disk does. This process may not mount a small file system; run "
                + "SmallFileSystemTest as root.");
        return false;
    }

    private void unmount() throws IOException, InterruptedException {
        assertThat(run("umount", directory.toString())).isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
