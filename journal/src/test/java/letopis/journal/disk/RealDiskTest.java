package letopis.journal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RealDiskTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadAndFilesEndWhereTheyEnd() throws IOException {
        RealDisk disk = RealDisk.at(directory);
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            file.write(3, new byte[]{1, 2, 3, 4}, 1, 2);
            file.force();
            byte[] read = new byte[10];
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.read(2, read, 1, 9)).isEqualTo(3);
            assertThat(read).containsExactly(0, 0, 2, 3, 0, 0, 0, 0, 0, 0);
            assertThat(file.read(5, read, 0, 1)).isZero();
            assertThat(file.read(100, read, 0, 1)).isZero();
            file.truncate(4);
            assertThat(file.size()).isEqualTo(4);
        }
    }

    @Test
    void aTransferLargerThanOneSystemCallIsWhole() throws IOException {
        RealDisk disk = RealDisk.at(directory);
        byte[] written = new byte[(3 << 20) + 17];
        for (int i = 0; i < written.length; i++) {
            written[i] = (byte) (i * 31);
        }
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            file.write(5, written, 0, written.length);
            byte[] read = new byte[written.length];
            assertThat(file.read(5, read, 0, read.length)).isEqualTo(read.length);
            assertThat(read).isEqualTo(written);
        }
    }

    @Test
    void anInterruptedThreadReadsWritesAndForcesAndStaysInterrupted() throws IOException {
        RealDisk disk = RealDisk.at(directory);
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            Thread.currentThread().interrupt();
            file.write(0, new byte[100], 0, 100);
            file.force();
            disk.forceDirectory();
            assertThat(file.read(0, new byte[100], 0, 100)).isEqualTo(100);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.size()).isEqualTo(100);
        }
    }

    @Test
    void namesAreListedRenamedAndDeleted() throws IOException {
        RealDisk disk = RealDisk.at(directory.resolve("made").resolve("with-parents"));
        assertThat(disk.exists()).isFalse();
        disk.create();
        disk.create();
        assertThat(disk.exists()).isTrue();
        disk.open("b", Disk.Access.CREATE).close();
        disk.open("a", Disk.Access.CREATE).close();
        assertThat(disk.list()).containsExactly("a", "b");
        disk.rename("a", "b");
        assertThat(disk.list()).containsExactly("b");
        disk.delete("b");
        disk.delete("b");
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void errorsAreToldApart() throws IOException {
        RealDisk disk = RealDisk.at(directory);
        assertThatThrownBy(() -> disk.open("a", Disk.Access.READ)).isInstanceOf(FileMissingException.class)
                .hasMessageContaining("a");
        assertThatThrownBy(() -> disk.open("a", Disk.Access.WRITE)).isInstanceOf(FileMissingException.class);
        disk.open("a", Disk.Access.CREATE).close();
        assertThatThrownBy(() -> disk.open("a", Disk.Access.CREATE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RealDisk.at(directory.resolve("a")).exists())
                .isInstanceOf(NotADirectoryException.class);
        assertThatThrownBy(() -> disk.open("../a", Disk.Access.READ)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RealDisk.translated("write", new IOException("No space left on device")))
                .isInstanceOf(DiskFullException.class);
        assertThat(RealDisk.translated("write", new IOException("Disk quota exceeded")))
                .isInstanceOf(DiskFullException.class);
        assertThat(RealDisk.translated("open", new IOException("Read-only file system")))
                .isInstanceOf(DiskPermissionException.class);
    }

    @Test
    void aLockIsHeldOnceAndLookingAtItDoesNotEndIt() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"),
                Files.createDirectory(directory.resolve("real")));
        RealDisk disk = RealDisk.at(directory.resolve("real"));
        RealDisk same = RealDisk.at(link);
        assertThat(disk.isLocked("lock")).isFalse();
        Optional<DiskLock> lock = disk.tryLock("lock");
        assertThat(lock).isPresent();
        assertThat(same.isLocked("lock")).isTrue();
        assertThat(same.tryLock("lock")).isEmpty();
        lock.get().close();
        lock.get().close();
        assertThat(disk.isLocked("lock")).isFalse();
        same.tryLock("lock").orElseThrow().close();
    }
}
