package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever is done to the files of a store: it gives what was acknowledged, exactly, or refuses and says where the damage is. */
class DamageTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);

    /** How the process that wrote the store ended. */
    enum Ending {
        CLOSED, KILLED
    }

    @ParameterizedTest
    @EnumSource
    void aFlippedBitIsHarmlessOrNamed(Ending ending) throws IOException {
        Store store = Store.write(ending);
        Outcomes outcomes = new Outcomes();
        for (String file : store.disk.list()) {
            byte[] content = content(store.disk, file);
            for (int bit = 0; bit < content.length * 8; bit++) {
                RecordingDisk damaged = copy(store.disk);
                flip(damaged, file, bit);
                outcomes.look(damaged, store, PlantedBug.NONE, "bit " + bit + " of " + file);
            }
        }
        // Most bits are in space that is not used yet; each of those in use must be noticed.
        assertThat(outcomes.refused).isGreaterThan(8 * 512 * 7);
        assertThat(outcomes.harmless).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aFlippedBitInAnAcknowledgedBlockIsReportedByVerification(Ending ending) throws IOException {
        Store store = Store.write(ending);
        assertThat(verify(store.disk)).isEmpty();
        for (String file : store.disk.list()) {
            if (SegmentName.number(file) > 0) {
                byte[] content = content(store.disk, file);
                for (int at = 0; at < content.length; at += 7) {
                    RecordingDisk damaged = copy(store.disk);
                    flip(damaged, file, at * 8 + at % 8);
                    List<JournalFault> faults = verify(damaged);
                    if (at / 512 * 512 < usedBytes(content)) {
                        assertThat(faults).as("byte %d of %s", at, file).hasSize(1);
                        assertThat(faults.getFirst().file()).isEqualTo(file);
                        assertThat(faults.getFirst().offset()).isBetween(0L, (long) at);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsCutAnywhereIsHarmlessOrNamed(Ending ending) throws IOException {
        Store store = Store.write(ending);
        Outcomes outcomes = new Outcomes();
        for (String file : store.disk.list()) {
            int size = content(store.disk, file).length;
            for (int cut = 0; cut < size; cut++) {
                RecordingDisk damaged = copy(store.disk);
                try (DiskFile opened = damaged.open(file, Disk.Access.WRITE)) {
                    opened.truncate(cut);
                }
                boolean segment = SegmentName.number(file) > 0;
                boolean refused = outcomes.look(damaged, store, PlantedBug.NONE, file + " cut at " + cut);
                assertThat(refused).as("%s cut at %d", file, cut)
                        .isEqualTo(segment || file.equals(Superblock.FILE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void zeroedFromAnyByteOnItIsHarmlessOrNamed(Ending ending) throws IOException {
        Store store = Store.write(ending);
        Outcomes outcomes = new Outcomes();
        for (String file : store.disk.list()) {
            int size = content(store.disk, file).length;
            for (int from = 0; from < size; from++) {
                RecordingDisk damaged = copy(store.disk);
                try (DiskFile opened = damaged.open(file, Disk.Access.WRITE)) {
                    opened.write(from, new byte[size - from], 0, size - from);
                }
                outcomes.look(damaged, store, PlantedBug.NONE, file + " zero from " + from);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFileIsHarmlessOrNamed(Ending ending) throws IOException {
        Store store = Store.write(ending);
        Outcomes outcomes = new Outcomes();
        for (String file : store.disk.list()) {
            RecordingDisk damaged = copy(store.disk);
            damaged.delete(file);
            outcomes.look(damaged, store, PlantedBug.NONE, file + " missing");
        }
        // letopis.store and each segment with blocks.
        assertThat(outcomes.refused).isEqualTo(4);
    }

    @Test
    void aFileThatIsLongerThanItShouldBeIsNamed() throws IOException {
        Store store = Store.write(Ending.CLOSED);
        for (String file : store.disk.list()) {
            if (SegmentName.number(file) > 0 || file.equals(Superblock.FILE)) {
                RecordingDisk damaged = copy(store.disk);
                try (DiskFile opened = damaged.open(file, Disk.Access.WRITE)) {
                    opened.write(opened.size(), new byte[1], 0, 1);
                }
                assertThatThrownBy(() -> open(damaged, PlantedBug.NONE)).isInstanceOf(StoreDamagedException.class)
                        .hasMessageContaining(file);
            }
        }
    }

    @Test
    void cuttingAtAnyDamageWouldBeFound() throws IOException {
        Store store = Store.write(Ending.CLOSED);
        assertThatThrownBy(() -> {
            Outcomes outcomes = new Outcomes();
            for (int bit = 0; bit < 512 * 8; bit++) {
                RecordingDisk damaged = copy(store.disk);
                flip(damaged, SegmentName.of(1), 512 * 8 + bit);
                outcomes.look(damaged, store, PlantedBug.CUT_AT_ANY_DAMAGE, "bit " + bit);
            }
        }).isInstanceOf(AssertionError.class).hasMessageContaining("were acknowledged");
    }

    @Test
    void allFaultsAreReportedEachWithItsPlace() throws IOException {
        Store store = Store.write(Ending.CLOSED);
        RecordingDisk damaged = copy(store.disk);
        flip(damaged, SegmentName.of(1), 600 * 8);
        flip(damaged, SegmentName.of(2), 70 * 8);
        flip(damaged, SegmentName.of(3), 600 * 8);
        flip(damaged, Superblock.FILE, 20 * 8);

        assertThat(verify(damaged)).extracting(JournalFault::file)
                .containsExactlyInAnyOrder(Superblock.FILE,
                        SegmentName.of(1), SegmentName.of(2), SegmentName.of(3));
    }

    /** Counts how often a damaged store was refused, and how often it gave what was acknowledged. */
    private static final class Outcomes {
        private long refused;
        private long harmless;

        /** Whether the damaged store was refused. */
        boolean look(RecordingDisk damaged, Store store, PlantedBug bug, String what) throws IOException {
            boolean refusedReadOnly = isRefused(what + ", read-only", () -> {
                try (FileJournal journal = FileJournal.openReadOnly(damaged, bug)) {
                    store.log.check(journal);
                }
            });
            boolean isRefused = isRefused(what, () -> {
                WrittenLog there = store.log.check(open(damaged, bug));
                damaged.endProcess();
                there.check(open(damaged, bug));
            });
            assertThat(refusedReadOnly).as(what).isEqualTo(isRefused);
            if (isRefused) {
                refused++;
            } else {
                harmless++;
            }
            return isRefused;
        }

        private boolean isRefused(String what, Action action) throws IOException {
            try {
                action.run();
                return false;
            } catch (StoreDamagedException e) {
                assertThat(e.place()).as(what).matches("letopis\\.store|\\d{8}\\.segment");
                assertThat(e.offset()).as(what).isNotNegative();
                return true;
            } catch (StoreUnusableException e) {
                assertThat(e.getMessage()).as(what).contains("letopis.store");
                return true;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(what + ": " + e.getMessage(), e);
            }
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /** A store of a few blocks in several segments. */
    private record Store(RecordingDisk disk, WrittenLog log) {
        static Store write(Ending ending) throws IOException {
            RecordingDisk disk = new RecordingDisk();
            WrittenLog log = WrittenLog.EMPTY;
            SplittableRandom random = new SplittableRandom(5);
            FileJournal journal = FileJournal.open(disk, TINY, Ids.NUMBERED, Ids.CLOCK, PlantedBug.NONE);
            for (int i = 0; i < 7; i++) {
                WrittenBlock block = WrittenBlock.random(random);
                CrashStateCheck.append(journal, block);
                log = log.with(block);
                if (i == 2) {
                    journal.close();
                    log = log.with(WrittenBlock.CLEAN_END);
                    journal = open(disk, PlantedBug.NONE);
                }
            }
            if (ending == Ending.CLOSED) {
                journal.close();
                // Without the marker of what was published, the mark of the clean end may look like a block in flight.
                return new Store(forced(disk), log.withInFlight(WrittenBlock.CLEAN_END));
            }
            disk.endProcess();
            return new Store(forced(disk), log);
        }
    }

    private static FileJournal open(RecordingDisk disk, PlantedBug bug) {
        return FileJournal.open(disk, TINY.withCreate(false), Ids.NUMBERED, Ids.CLOCK, bug);
    }

    /** A disk of its own with what is durable on this one. */
    private static RecordingDisk copy(RecordingDisk disk) {
        PowerCut cut = disk.powerCut();
        return cut.state(new int[cut.units()]);
    }

    /** Makes all of it durable. */
    private static RecordingDisk forced(RecordingDisk disk) throws IOException {
        for (String name : disk.list()) {
            try (DiskFile file = disk.open(name, Disk.Access.READ)) {
                file.force();
            }
        }
        disk.forceDirectory();
        return disk;
    }

    private static byte[] content(RecordingDisk disk, String file) throws IOException {
        try (DiskFile opened = disk.open(file, Disk.Access.READ)) {
            byte[] content = new byte[(int) opened.size()];
            opened.read(0, content, 0, content.length);
            return content;
        }
    }

    private static void flip(RecordingDisk disk, String file, int bit) throws IOException {
        try (DiskFile opened = disk.open(file, Disk.Access.WRITE)) {
            byte[] one = new byte[1];
            opened.read(bit / 8, one, 0, 1);
            one[0] ^= (byte) (1 << bit % 8);
            opened.write(bit / 8, one, 0, 1);
        }
    }

    private static int usedBytes(byte[] segment) {
        int used = segment.length;
        while (used > 0 && segment[used - 1] == 0) {
            used--;
        }
        return used;
    }

    private static List<JournalFault> verify(RecordingDisk disk) throws IOException {
        List<JournalFault> faults = new ArrayList<>();
        VerificationReport report = JournalVerification.run(disk, (done, total) -> {}, faults::add);
        assertThat(report.faults()).isEqualTo(faults.size());
        return faults;
    }

}
