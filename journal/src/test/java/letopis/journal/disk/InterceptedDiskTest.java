package letopis.journal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

import letopis.journal.disk.InterceptedDisk.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The disk whose operations pass through a test's hands: all of them, and under their names. */
class InterceptedDiskTest {
    private final RecordingDisk below = new RecordingDisk();
    private final List<String> seen = new ArrayList<>();
    private final Disk disk = InterceptedDisk.of(below, this::look);

    private @Nullable Object look(Operation operation) throws IOException {
        seen.add(operation.toString());
        return operation.proceed();
    }

    @Test
    void eachOperationIsSeenUnderItsNameWithItsFile() throws IOException {
        assertThat(disk.exists()).isTrue();
        disk.create();
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            file.write(512, new byte[8], 3, 5);
            file.force();
            assertThat(file.size()).isEqualTo(517);
            assertThat(file.read(510, new byte[9], 0, 9)).isEqualTo(7);
            try (Arena arena = Arena.ofConfined()) {
                assertThat(file.map(0, 4, arena).byteSize()).isEqualTo(4);
            }
            file.truncate(1);
        }
        disk.rename("a", "b");
        assertThat(disk.list()).containsExactly("b");
        disk.delete("b");
        disk.forceDirectory();
        try (DiskLock _ = disk.tryLock("lock").orElseThrow()) {
            assertThat(disk.isLocked("lock")).isTrue();
            assertThat(disk.tryLock("lock")).isEmpty();
        }
        assertThat(below.isLocked("lock")).isFalse();
        assertThat(seen).containsExactly("exists the directory", "create the directory", "open CREATE a",
                "write a [512, 5]", "force a", "size a", "read a", "map a", "truncate a", "close a", "rename a",
                "list the directory", "delete b", "forceDirectory the directory", "tryLock lock", "isLocked lock",
                "tryLock lock", "unlock lock");
    }

    @Test
    void aDirectoryInItIsInterceptedToo() throws IOException {
        Disk inner = disk.directory("in");
        assertThat(seen).isEmpty();
        inner.open("c", Disk.Access.CREATE).close();
        assertThat(seen).containsExactly("open CREATE c", "close c");
        assertThat(below.list()).containsExactly("in");
    }

    @Test
    @SuppressWarnings("EqualsWithItself") // that is what is tried
    void itsNameIsThatOfTheOtherAndItIsEqualToItselfAlone() {
        Disk other = InterceptedDisk.of(below, Operation::proceed);
        assertThat(disk.name()).isEqualTo(below.name());
        assertThat(disk.hashCode()).isEqualTo(below.hashCode());
        assertThat(disk.equals(disk)).isTrue();
        assertThat(disk.equals(other)).isFalse();
        assertThat(disk.equals(below)).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void whatItIsGivenCanBeChanged() throws IOException {
        Disk moved = InterceptedDisk.of(below, operation -> switch (operation.name()) {
            case "open CREATE" -> operation.proceedWith(0, "elsewhere");
            case "write" -> {
                assertThat(operation.number(0)).isEqualTo(7);
                assertThat(operation.argument(1)).isEqualTo(new byte[]{1});
                yield operation.proceedWith(0, 9L);
            }
            default -> operation.proceed();
        });
        try (DiskFile file = moved.open("a", Disk.Access.CREATE)) {
            file.write(7, new byte[]{1}, 0, 1);
            assertThat(file.size()).isEqualTo(10);
        }
        assertThat(below.list()).containsExactly("elsewhere");
    }

    @Test
    void whatIsThrownBelowIsThrownAsItIs() {
        assertThatThrownBy(() -> disk.open("a", Disk.Access.READ)).isInstanceOf(FileMissingException.class);
        IllegalStateException wrong = new IllegalStateException("wrong");
        Disk mistaken = InterceptedDisk.of(below, _ -> {
            throw wrong;
        });
        assertThatThrownBy(() -> InterceptedDisk.of(mistaken, this::look).list()).isSameAs(wrong);
        OutOfMemoryError scarce = new OutOfMemoryError("none left");
        Disk starved = InterceptedDisk.of(below, _ -> {
            throw scarce;
        });
        assertThatThrownBy(() -> InterceptedDisk.of(starved, this::look).list()).isSameAs(scarce);
    }
}
