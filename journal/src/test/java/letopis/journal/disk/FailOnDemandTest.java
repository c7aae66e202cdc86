package letopis.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import letopis.journal.disk.FailingDisk.Failure;
import letopis.journal.disk.FailingDisk.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The disk that fails on demand: else the trials that rest on it would try nothing. */
class FailOnDemandTest {
    private final RecordingDisk below = new RecordingDisk();
    private final FailingDisk disk = new FailingDisk(below);

    @ParameterizedTest
    @EnumSource(Operation.class)
    void eachOperationFailsWhenItIsItsTurnAndDoesNothing(Operation operation) throws IOException {
        prepare();
        disk.fail(operation, disk.count(operation) + 1, false, Failure.IO_ERROR);
        long done = below.operations();

        assertThatThrownBy(() -> act(operation)).isInstanceOf(IOException.class)
                .isNotInstanceOf(DiskFullException.class)
                .hasMessageContaining("on demand");
        assertThat(below.operations()).isEqualTo(done);
        assertThat(disk.failures()).isEqualTo(1);

        act(operation); // it was to fail once
        assertThat(disk.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void eachOperationIsDoneByTheDiskBelow(Operation operation) throws IOException {
        prepare();
        long counted = disk.count(operation);
        act(operation);
        assertThat(disk.count(operation)).isGreaterThan(counted);
        String names = switch (operation) {
            case CREATE -> "[a, lock, made]";
            case RENAME -> "[lock, renamed]";
            case DELETE -> "[lock]";
            case LOCK -> "[a, lock, other]";
            default -> "[a, lock]";
        };
        assertThat(below.list()).hasToString(names);
        String last = switch (operation) {
            case WRITE -> "write a 4 bytes at 4";
            case TRUNCATE -> "truncate a";
            case FORCE -> "force a";
            case FORCE_DIRECTORY -> "force directory ";
            default -> "";
        };
        assertThat(below.lastOperation()).endsWith(last);
    }

    @Test
    void itGoesOnFailingUntilItIsHealed() throws IOException {
        prepare();
        disk.fail(Operation.LIST, 2, true, Failure.NO_ROOM);
        assertThat(disk.list()).containsExactly("a", "lock");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(disk::list).isInstanceOf(DiskFullException.class);
        }
        assertThat(disk.failures()).isEqualTo(3);
        disk.forceDirectory(); // others do not fail
        disk.heal();
        assertThat(disk.list()).containsExactly("a", "lock");
        assertThat(disk.failures()).isEqualTo(3);
        assertThat(disk.count(Operation.LIST)).isEqualTo(5);
    }

    @Test
    void takingALockFailsAndLookingAtOneDoes() throws IOException {
        disk.fail(Operation.LOCK, 1, true, Failure.IO_ERROR);
        assertThatThrownBy(() -> disk.tryLock("lock")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.isLocked("lock")).isInstanceOf(IOException.class);
        assertThat(below.isLocked("lock")).isFalse();
    }

    @Test
    void aWriteWithoutRoomWritesHalfOrNothing() throws IOException {
        prepare();
        try (DiskFile file = disk.open("a", Disk.Access.WRITE)) {
            disk.fail(Operation.WRITE, disk.count(Operation.WRITE) + 1, false, Failure.SHORT_WRITE);
            assertThatThrownBy(() -> file.write(4, new byte[]{5, 6, 7, 8}, 0, 4)).isInstanceOf(DiskFullException.class);
            assertThat(file.size()).isEqualTo(6);
            disk.fail(Operation.WRITE, disk.count(Operation.WRITE) + 1, false, Failure.NO_ROOM);
            assertThatThrownBy(() -> file.write(6, new byte[4], 0, 4)).isInstanceOf(DiskFullException.class);
            assertThat(file.size()).isEqualTo(6);
            byte[] read = new byte[6];
            assertThat(file.read(0, read, 0, 6)).isEqualTo(6);
            assertThat(read).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void whatCannotFailIsThatOfTheDiskBelow() throws IOException {
        assertThat(disk.name()).isEqualTo(below.name());
        assertThat(disk.exists()).isTrue();
        assertThat(new FailingDisk(RealDisk.at(Path.of("/no/such/directory"))).exists()).isFalse();
        disk.directory("in").open("b", Disk.Access.CREATE).close();
        assertThat(below.list()).containsExactly("in");
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.close();
        assertThatThrownBy(file::size).hasMessageContaining("closed");
    }

    @Test
    void aDirectoryIsMadeByTheDiskBelow(@TempDir Path directory)
            throws IOException {
        new FailingDisk(RealDisk.at(directory.resolve("made"))).create();
        assertThat(directory.resolve("made")).isDirectory();
    }

    private void prepare() throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            file.write(0, new byte[]{1, 2, 3, 4}, 0, 4);
        }
        assertThat(below.tryLock("lock")).isPresent();
    }

    private void act(Operation operation) throws IOException {
        switch (operation) {
            case LIST -> assertThat(disk.list()).isEqualTo(List.of("a", "lock"));
            case LOCK -> {
                assertThat(disk.isLocked("lock")).isTrue();
                assertThat(disk.isLocked("a")).isFalse();
                assertThat(disk.tryLock("lock")).isEmpty();
                assertThat(disk.tryLock("other")).isPresent();
            }
            case OPEN -> disk.open("a", Disk.Access.READ).close();
            case CREATE -> disk.open("made", Disk.Access.CREATE).close();
            case RENAME -> disk.rename("a", "renamed");
            case DELETE -> disk.delete("a");
            case FORCE_DIRECTORY -> disk.forceDirectory();
            case SIZE, READ, WRITE, TRUNCATE, FORCE -> actOnFile(operation);
        }
    }

    private void actOnFile(Operation operation) throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.WRITE)) {
            switch (operation) {
                case SIZE -> assertThat(file.size()).isEqualTo(4);
                case READ -> assertThat(file.read(1, new byte[9], 0, 9)).isEqualTo(3);
                case WRITE -> file.write(4, new byte[]{5, 6, 7, 8}, 0, 4);
                case TRUNCATE -> file.truncate(2);
                case FORCE -> file.force();
                default -> throw new AssertionError(operation);
            }
        }
    }
}
