package letopis.journal.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a sector that was being written may hold after a power cut: also what belongs to another place. */
class SectorsAfterAPowerCutTest {
    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void aSectorMayHoldTheNewestOneBeforeIt() throws IOException {
        DiskFile file = made("a", 1, 2, 3);
        file.write(3 * 512, bytes(9), 0, 512);
        assertThat(ways(3, 4)).contains((byte) 9, (byte) 0, (byte) 3).doesNotContain((byte) 2, (byte) 1);
    }

    @Test
    void zerosBeforeItAreNoContent() throws IOException {
        DiskFile file = made("a", 1, 2, 0);
        file.write(3 * 512, bytes(9), 0, 512);
        assertThat(ways(3, 4)).contains((byte) 2).doesNotContain((byte) 1);
    }

    @Test
    void theFirstSectorIsTheBeginningOfAFileAndNoContentOfAnotherPlace() throws IOException {
        DiskFile file = made("a", 1, 0);
        file.write(2 * 512, bytes(9), 0, 512);
        assertThat(ways(2, 3)).doesNotContain((byte) 1);
    }

    @Test
    void withNothingBeforeItItMayHoldOneOfAnotherFile() throws IOException {
        made("b", 5, 6, 7);
        DiskFile file = made("a", 1, 2);
        file.write(512, bytes(9), 0, 512);
        assertThat(ways(1, 2)).contains((byte) 9, (byte) 2, (byte) 6).doesNotContain((byte) 5, (byte) 7);
    }

    @Test
    void nothingOfItselfCountsAsAnotherFile() throws IOException {
        DiskFile file = made("a", 1, 2, 3);
        file.write(0, bytes(9), 0, 512);
        assertThat(ways(0, 3)).contains((byte) 1, (byte) 9).doesNotContain((byte) 2);
    }

    @Test
    void theLastFourValuesOfASectorAreRemembered() throws IOException {
        DiskFile file = made("a", 1);
        for (int value = 11; value <= 16; value++) {
            file.write(0, bytes(value), 0, 512);
        }
        assertThat(ways(0, 1)).contains((byte) 1, (byte) 13, (byte) 14, (byte) 15, (byte) 16)
                .doesNotContain((byte) 11, (byte) 12);
    }

    @Test
    void onlyTheSizeMayBeOpen() throws IOException {
        DiskFile file = made("a", 1, 2);
        file.truncate(512);
        PowerCut cut = disk.powerCut();
        assertThat(cut.units()).isEqualTo(1);
        Set<Long> sizes = new TreeSet<>();
        for (int way = 0; way < cut.ways(0); way++) {
            RecordingDisk state = cut.state(new int[]{way});
            try (DiskFile read = state.open("a", Disk.Access.READ)) {
                sizes.add(read.size());
                byte[] first = new byte[1];
                assertThat(read.read(0, first, 0, 1)).isEqualTo(1);
                assertThat(first[0]).isEqualTo((byte) 1);
            }
        }
        assertThat(sizes).containsExactly(512L, 513L, 768L, 1024L);
    }

    @Test
    void aFileMayHaveGrownWithoutWhatWasWritten() throws IOException {
        DiskFile file = made("a", 1);
        file.write(3 * 512, bytes(9), 0, 512);
        RecordingDisk state = disk.powerCut().state(new int[]{0, 1});
        try (DiskFile read = state.open("a", Disk.Access.READ)) {
            byte[] content = new byte[4 * 512];
            assertThat(read.read(0, content, 0, content.length)).isEqualTo(content.length);
            byte[] expected = new byte[content.length];
            Arrays.fill(expected, 0, 512, (byte) 1);
            assertThat(content).isEqualTo(expected);
        }
    }

    /** A durable file with these sectors. */
    private DiskFile made(String name, int... sectors) throws IOException {
        DiskFile file = disk.open(name, Disk.Access.CREATE);
        for (int i = 0; i < sectors.length; i++) {
            file.write(i * 512L, bytes(sectors[i]), 0, 512);
        }
        file.force();
        disk.forceDirectory();
        return file;
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[512];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** The first bytes that the only sector being written may have, in a file of so many sectors. */
    private Set<Byte> ways(int sector, int sectors) throws IOException {
        PowerCut cut = disk.powerCut();
        Set<Byte> first = new TreeSet<>();
        for (int way = 0; way < cut.ways(0); way++) {
            int[] chosen = new int[cut.units()];
            chosen[0] = way;
            Arrays.fill(chosen, 1, chosen.length, 1); // the new size
            try (DiskFile file = cut.state(chosen).open("a", Disk.Access.READ)) {
                assertThat(file.size()).isEqualTo(sectors * 512L);
                byte[] read = new byte[1];
                file.read(sector * 512L, read, 0, 1);
                first.add(read[0]);
            }
        }
        return first;
    }
}
