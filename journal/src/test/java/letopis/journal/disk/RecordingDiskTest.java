package letopis.journal.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordingDiskTest {
    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void whatWasForcedUnderANameThatWasForcedIsThereInEveryState() throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            file.write(0, bytes(1, 600), 0, 600);
            file.force();
            disk.forceDirectory();
        }
        assertThat(disk.powerCut().units()).isZero();
        assertThat(states()).containsExactly("a 600: 1 1");
    }

    @Test
    void aNameThatWasNotForcedMayBeMissing() throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            file.write(0, bytes(1, 512), 0, 512);
            file.force();
        }
        assertThat(states()).containsExactlyInAnyOrder("", "a 512: 1");
    }

    @Test
    void eachSectorOfAWriteThatWasNotForcedTurnsOutByItself() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(0, bytes(1, 1024), 0, 1024);
        file.force();
        disk.forceDirectory();
        file.write(0, bytes(2, 1024), 0, 1024);
        assertThat(states()).contains("a 1024: 1 1", "a 1024: 1 2", "a 1024: 2 1", "a 1024: 2 2", "a 1024: 0 2",
                "a 1024: 1 115").hasSize(16);
        file.force();
        assertThat(states()).containsExactly("a 1024: 2 2");
    }

    @Test
    void aSectorThatWasWrittenTwiceMayHaveEitherContent() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(0, bytes(1, 512), 0, 512);
        file.force();
        disk.forceDirectory();
        file.write(0, bytes(2, 512), 0, 512);
        file.write(0, bytes(3, 512), 0, 512);
        assertThat(states()).contains("a 512: 1", "a 512: 2", "a 512: 3", "a 512: 0");
    }

    @Test
    void aFileThatGrewMayHaveAnySizeInBetween() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        disk.forceDirectory();
        file.write(0, bytes(1, 1000), 0, 1000);
        Set<String> sizes = new TreeSet<>();
        states().forEach(state -> sizes.add(state.substring(2, state.indexOf(':'))));
        assertThat(sizes).contains("0", "500", "1000", "1");
    }

    @Test
    void aRenamedFileHasTheOldNameTheNewOneOrBoth() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(0, bytes(1, 512), 0, 512);
        file.force();
        disk.forceDirectory();
        disk.rename("a", "b");
        assertThat(states()).containsExactlyInAnyOrder("a 512: 1", "b 512: 1", "a 512: 1, b 512: 1");
    }

    @Test
    void aDeletedFileMayBeThereAgain() throws IOException {
        disk.open("a", Disk.Access.CREATE).close();
        disk.forceDirectory();
        disk.delete("a");
        assertThat(states()).containsExactlyInAnyOrder("", "a 0:");
    }

    @Test
    void whatAFailedForceLostIsSeenUntilThePowerCutAndGoneAfterIt() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(0, bytes(1, 512), 0, 512);
        file.force();
        disk.forceDirectory();
        file.write(0, bytes(2, 512), 0, 512);
        disk.failForce(1);
        assertThatThrownBy(file::force).isInstanceOf(IOException.class);
        file.force();
        byte[] seen = new byte[1];
        file.read(0, seen, 0, 1);
        assertThat(seen).containsExactly(2);
        assertThat(states()).containsExactly("a 512: 1");
    }

    @Test
    void statesShareNothingThatOneOfThemChanges() throws IOException {
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        file.write(0, bytes(1, 512), 0, 512);
        file.force();
        disk.forceDirectory();
        PowerCut cut = disk.powerCut();
        RecordingDisk first = cut.state(new int[0]);
        try (DiskFile changed = first.open("a", Disk.Access.WRITE)) {
            changed.write(0, bytes(9, 512), 0, 512);
            changed.force();
        }
        assertThat(inWords(cut.state(new int[0]))).isEqualTo("a 512: 1");
        assertThat(first.contentHash()).isNotEqualTo(disk.contentHash());
        assertThat(cut.state(new int[0]).contentHash()).isEqualTo(disk.contentHash());
    }

    private static byte[] bytes(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private Set<String> states() throws IOException {
        PowerCut cut = disk.powerCut();
        Set<String> states = new TreeSet<>();
        int[] ways = new int[cut.units()];
        while (true) {
            states.add(inWords(cut.state(ways)));
            int unit = 0;
            while (unit < ways.length && ++ways[unit] == cut.ways(unit)) {
                ways[unit++] = 0;
            }
            if (unit == ways.length) {
                return states;
            }
        }
    }

    /** Names, sizes, and the first byte of each sector. */
    private static String inWords(RecordingDisk state) throws IOException {
        List<String> files = new ArrayList<>();
        for (String name : state.list()) {
            try (DiskFile file = state.open(name, Disk.Access.READ)) {
                StringBuilder words = new StringBuilder(name + " " + file.size() + ":");
                byte[] first = new byte[1];
                for (long at = 0; at < file.size(); at += 512) {
                    file.read(at, first, 0, 1);
                    words.append(" ").append(first[0]);
                }
                files.add(words.toString());
            }
        }
        return String.join(", ", files);
    }
}
