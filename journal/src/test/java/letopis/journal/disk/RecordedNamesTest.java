package letopis.journal.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Names, directories and locks of the disk in memory, and what it tells of what was done. */
class RecordedNamesTest {
    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void eachOperationThatChangesSomethingIsCountedAndTold() throws IOException {
        List<String> told = new ArrayList<>();
        disk.afterEachOperation(() -> told.add(disk.lastOperation()));
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(3, new byte[5], 0, 4);
        file.truncate(2);
        file.force();
        file.close();
        disk.rename("a", "b");
        disk.delete("b");
        disk.delete("b");
        disk.forceDirectory();
        assertThat(told).containsExactly("1: Created a", "2: write a 4 bytes at 3", "3: truncate a", "4: force a",
                "5: Renamed a to b", "6: Deleted b", "7: force directory ");
        assertThat(disk.operations()).isEqualTo(7);
        disk.endProcess();
        disk.forceDirectory();
        assertThat(told).as("the observer ended with the process").hasSize(7);
    }

    @Test
    void aDirectoryHasNamesLocksAndDurabilityOfItsOwn() throws IOException {
        Disk inner = disk.directory("in");
        assertThat(disk.exists()).isTrue();
        assertThat(inner.exists()).isTrue();
        assertThat(inner.name()).isEqualTo("disk in memory/in/");
        inner.create();
        inner.open("a", Disk.Access.CREATE).close();
        inner.directory("deep").open("b", Disk.Access.CREATE).close();
        disk.open("c", Disk.Access.CREATE).close();
        assertThat(disk.list()).containsExactly("c", "in");
        assertThat(inner.list()).containsExactly("a", "deep");

        disk.forceDirectory();
        assertThat(kept()).containsExactly("c");
        RecordingDisk all = disk.powerCut().state(new int[]{1, 1});
        assertThat(all.directory("in").list()).as("what is in it may be there nevertheless")
                .containsExactly("a", "deep");
        inner.forceDirectory();
        assertThat(disk.powerCut().units()).as("the name in the deeper directory").isEqualTo(1);
        assertThat(disk.powerCut().state(new int[1]).directory("in").list()).containsExactly("a");

        inner.rename("a", "d");
        assertThat(inner.list()).containsExactly("d", "deep");
        inner.delete("d");
        assertThat(inner.list()).containsExactly("deep");
        inner.forceDirectory();
        assertThat(kept()).as("what was deleted is gone for good").containsExactly("c");

        assertThat(inner.isLocked("lock")).isFalse();
        DiskLock lock = inner.tryLock("lock").orElseThrow();
        assertThat(inner.isLocked("lock")).isTrue();
        assertThat(disk.isLocked("lock")).isFalse();
        assertThat(inner.tryLock("lock")).isEmpty();
        assertThat(inner.list()).contains("lock");
        lock.close();
        assertThat(inner.isLocked("lock")).isFalse();
    }

    /** The names of a power cut that keeps nothing that was not forced. */
    private List<String> kept() {
        PowerCut cut = disk.powerCut();
        return cut.state(new int[cut.units()]).list();
    }

    @Test
    void aLockMakesItsFileOnceAndEndsWithTheProcess() throws IOException {
        disk.tryLock("lock").orElseThrow().close();
        long made = disk.operations();
        assertThat(disk.tryLock("lock")).isPresent();
        assertThat(disk.operations()).as("the file was there already").isEqualTo(made);
        assertThat(disk.tryLock("lock")).isEmpty();
        disk.endProcess();
        assertThat(disk.isLocked("lock")).isFalse();
    }

    @Test
    void whatIsNotThereIsMissingAndWhatIsThereIsNotMadeAgain() throws IOException {
        assertThatThrownBy(() -> disk.open("a", Disk.Access.READ)).isInstanceOf(FileMissingException.class);
        assertThatThrownBy(() -> disk.open("a", Disk.Access.WRITE)).isInstanceOf(FileMissingException.class);
        assertThatThrownBy(() -> disk.rename("a", "b")).isInstanceOf(FileMissingException.class);
        disk.open("a", Disk.Access.CREATE).close();
        assertThatThrownBy(() -> disk.open("a", Disk.Access.CREATE)).hasMessageContaining("there already");
        assertThat(disk.operations()).isEqualTo(1);
    }

    /** A file that is created, renamed and written before any name is forced is one file, whatever of it is kept. */
    @Test
    void theFileOfAChangedNameIsAmongThoseThatMayLoseSomething() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(0, new byte[600], 0, 600);
        disk.rename("a", "b");
        PowerCut cut = disk.powerCut();
        assertThat(cut.units()).as("two names, two sectors, one size").isEqualTo(5);
        assertThat(cut.ways(0)).isEqualTo(2);
        assertThat(cut.ways(1)).isEqualTo(3);
        assertThat(cut.state(new int[]{1, 0, 0, 0, 1}).list()).containsExactly("a");
        assertThat(cut.state(new int[]{1, 1, 0, 0, 1}).list()).containsExactly("b");
        assertThat(cut.state(new int[]{1, 2, 0, 0, 1}).list()).containsExactly("a", "b");
        assertThat(cut.state(new int[]{0, 0, 0, 0, 0}).list()).isEmpty();
    }
}
