package letopis.journal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What goes wrong on a file system is told, with what was tried, and never kept quiet. */
class RealDiskErrorsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded",
            "There is not enough space on the disk"})
    void noRoom(String words) {
        assertThat(RealDisk.translated("write a", new IOException(words))).isInstanceOf(DiskFullException.class)
                .hasMessage("cannot write a: " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Permission denied", "Operation not permitted", "Read-only file system"})
    void noPermission(String words) {
        assertThat(RealDisk.translated("write a", new IOException(words)))
                .isInstanceOf(DiskPermissionException.class)
                .hasMessage("cannot write a: no permission (" + words + ")");
    }

    @Test
    void othersAreToldWithTheirCauseAndOnesOfOursAsTheyAre() {
        assertThat(RealDisk.translated("open a", new AccessDeniedException("a")))
                .isInstanceOf(DiskPermissionException.class);
        IOException other = new IOException("Input/output error");
        assertThat(RealDisk.translated("open a", other)).isExactlyInstanceOf(IOException.class).hasCause(other);
        Stream.of(new DiskFullException("full"), new DiskPermissionException("not you"),
                new FileMissingException("gone"))
                .forEach(ours -> assertThat(RealDisk.translated("open a", ours)).isSameAs(ours));
    }

    /** Done where there is no directory, each says what it could not do. */
    @ParameterizedTest
    @MethodSource
    void nothingIsDoneInADirectoryThatIsMissing(Attempt attempt) {
        RealDisk missing = RealDisk.at(directory.resolve("missing"));
        assertThatThrownBy(() -> attempt.on(missing)).isInstanceOf(FileMissingException.class)
                .hasMessageContaining("missing");
    }

    static Stream<Attempt> nothingIsDoneInADirectoryThatIsMissing() {
        return Stream.of(Disk::list, Disk::forceDirectory, disk -> disk.open("a", Disk.Access.CREATE),
                disk -> disk.rename("a", "b"), disk -> disk.tryLock("a"));
    }

    /** Something that a disk is told to do. */
    @FunctionalInterface
    interface Attempt {
        void on(Disk disk) throws IOException;
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        Files.createDirectories(directory.resolve("full").resolve("inside"));
        RealDisk disk = RealDisk.at(directory);
        assertThatThrownBy(() -> disk.delete("full")).isInstanceOf(IOException.class)
                .hasMessageContaining("cannot delete");
        Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> RealDisk.at(directory.resolve("file").resolve("in")).create())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot create directory");
        Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
        assertThat(disk.isLocked("loop")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/a", "a\\b", "\\a", "..", "../a"})
    void aNameThatLeadsElsewhereIsNoName(String name) {
        assertThatThrownBy(() -> RealDisk.at(directory).open(name, Disk.Access.READ))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsNamedAfterItsPath() {
        assertThat(RealDisk.at(directory).name()).isEqualTo(directory.toString());
        assertThat(RealDisk.at(directory).directory("in").name()).isEqualTo(directory.resolve("in").toString());
    }

    @Test
    void aClosedFileIsNeverForcedCutNorReadInSilence() throws IOException {
        DiskFile file = RealDisk.at(directory).open("a", Disk.Access.CREATE);
        file.close();
        assertThatThrownBy(file::size).isInstanceOf(IOException.class);
        assertThatThrownBy(file::force).isInstanceOf(IOException.class).hasMessageContaining("force");
        assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(IOException.class).hasMessageContaining("truncate");
        assertThatThrownBy(() -> file.read(0, new byte[1], 0, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.write(0, new byte[1], 0, 1)).isInstanceOf(IOException.class);
    }
}
