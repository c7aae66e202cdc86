package letopis.journal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files of the disk in memory are files: what is written anywhere is read from anywhere. */
class RecordedFileTest {
    private final RecordingDisk disk = new RecordingDisk();

    /** Against an array: writes, cuts, forces and power cuts that keep all or nothing, at any offset. */
    @RepeatedTest(50)
    void anyWritesAndCutsAreReadAsFromAnArray() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] expected = new byte[0];
        byte[] durable = new byte[0];
        DiskFile file = disk.open("a", Disk.Access.CREATE);
        disk.forceDirectory();
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    int at = random.nextInt(2_000);
                    byte[] written = new byte[random.nextInt(1_500)];
                    random.nextBytes(written);
                    int from = written.length == 0 ? 0 : random.nextInt(written.length);
                    if (from < written.length) {
                        file.write(at, written, from, written.length - from);
                        expected = Arrays.copyOf(expected, Math.max(expected.length, at + written.length - from));
                        System.arraycopy(written, from, expected, at, written.length - from);
                    }
                }
                case 2 -> {
                    int size = random.nextInt(3_600);
                    file.truncate(size);
                    expected = Arrays.copyOf(expected, Math.min(size, expected.length));
                }
                default -> {
                    file.force();
                    durable = expected;
                }
            }
            assertThat(content(disk, random)).as("seed %s", seed).isEqualTo(expected);
        }
        PowerCut cut = disk.powerCut();
        assertThat(content(cut.state(new int[cut.units()]), random)).as("seed %s: nothing kept", seed)
                .isEqualTo(durable);
        file.force();
        RecordingDisk kept = disk.powerCut().state(new int[0]);
        assertThat(content(kept, random)).as("seed %s: forced", seed).isEqualTo(expected);
        assertThat(kept.contentHash()).isEqualTo(disk.contentHash());
    }

    private static byte[] content(Disk disk, Random random) throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.READ)) {
            byte[] whole = new byte[Math.toIntExact(file.size()) + 7];
            int before = random.nextInt(5);
            int done = 0;
            while (true) {
                byte[] some = new byte[before + 1 + random.nextInt(1_400)];
                int read = file.read(done, some, before, some.length - before);
                if (read == 0) {
                    return Arrays.copyOf(whole, done);
                }
                System.arraycopy(some, before, whole, done, read);
                done += read;
            }
        }
    }

    @Test
    void aFileThatIsClosedOrOnlyReadRefuses() throws IOException {
        DiskFile closed = disk.open("a", Disk.Access.CREATE);
        closed.write(0, new byte[10], 0, 10);
        closed.close();
        assertThatThrownBy(closed::size).hasMessage("a is closed");
        assertThatThrownBy(() -> closed.read(0, new byte[1], 0, 1)).hasMessage("a is closed");
        assertThatThrownBy(() -> closed.write(0, new byte[1], 0, 1)).hasMessage("a is closed");
        assertThatThrownBy(() -> closed.truncate(0)).hasMessage("a is closed");
        assertThatThrownBy(closed::force).hasMessage("a is closed");
        try (DiskFile read = disk.open("a", Disk.Access.READ)) {
            assertThatThrownBy(() -> read.write(0, new byte[1], 0, 1)).hasMessage("a is open for reading only");
            assertThatThrownBy(() -> read.truncate(0)).hasMessage("a is open for reading only");
            assertThat(read.size()).isEqualTo(10);
        }
    }

    @Test
    void aFileIsMappedAsACopyAsFarAsItGoes() throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.CREATE); Arena arena = Arena.ofConfined()) {
            file.write(0, new byte[]{1, 2, 3, 4, 5}, 0, 5);
            assertThat(file.map(2, 3, arena).toArray(ValueLayout.JAVA_BYTE)).containsExactly(3, 4, 5);
            assertThatThrownBy(() -> file.map(2, 4, arena)).isInstanceOf(IOException.class)
                    .hasMessageContaining("ends before 6");
        }
    }

    @Test
    void theSecondForceFailsWhenItIsToldTo() throws IOException {
        try (DiskFile file = disk.open("a", Disk.Access.CREATE)) {
            disk.failForce(2);
            file.force();
            assertThat(disk.lastOperation()).isEqualTo("2: force a");
            assertThatThrownBy(file::force).hasMessageContaining("Input/output error");
            assertThat(disk.lastOperation()).isEqualTo("3: failed force a");
            disk.failForce(1);
            disk.endProcess();
            file.force();
        }
    }
}
