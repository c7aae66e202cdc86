package letopis.journal.file;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.journal.JournalMark;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FailingDisk;
import letopis.journal.disk.FailingDisk.Failure;
import letopis.journal.disk.FailingDisk.Operation;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RealDisk;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Blocks that are acknowledged before they are forced: what was forced is never given up, and what is lost is said. */
class LateForceTest {
    private static final JournalOptions LATE = JournalOptions.DEFAULT.withSegmentBytes(16 << 10, 16 << 10)
            .withPreparation(Runnable::run)
            .withForceEveryNanos(JournalOptions.FORCE_LATE);
    private static final JournalOptions FORCED = LATE.withForceEveryNanos(0);
    private static final WrittenBlock BLOCK = WrittenBlock.of(RecordKind.EVENT,
            FormatExample.bytes("an event".repeat(10)));

    private final RecordingDisk disk = new RecordingDisk();
    private final List<JournalMark> marks = new ArrayList<>();

    /** Two blocks that are forced, and then some that are not. */
    private WrittenLog write(int unforced) throws IOException {
        FileJournal journal = FileJournal.open(disk, LATE);
        WrittenLog log = WrittenLog.EMPTY;
        for (int block = 1; block <= 2 + unforced; block++) {
            CrashStateCheck.append(journal, BLOCK);
            log = log.withUnforced(BLOCK);
            marks.add(journal.mark());
            if (block == 2) {
                journal.force();
                log = log.forced();
            }
        }
        return log;
    }

    /** A power cut that keeps all that was written. */
    private RecordingDisk withAll() {
        PowerCut cut = disk.powerCut();
        int[] ways = new int[cut.units()];
        for (int unit = 0; unit < ways.length; unit++) {
            ways[unit] = Math.min(1, cut.ways(unit) - 1);
        }
        return cut.state(ways);
    }

    private static void overwrite(RecordingDisk disk, long place, int length) throws IOException {
        try (DiskFile file = disk.open(SegmentName.of(Place.segment(place)), Disk.Access.WRITE)) {
            file.write(Place.offset(place), new byte[length], 0, length);
        }
    }

    @Test
    void whatWasLostBehindTheLastForceIsCutOffAndSaid() throws IOException {
        write(4);
        RecordingDisk found = withAll();
        overwrite(found, marks.get(2).lastPlace(), 512);
        List<JournalFault> faults = new ArrayList<>();
        VerificationReport report = JournalVerification.run(found, (_, _) -> {}, faults::add);
        assertThat(faults).isEmpty();
        assertThat(report.tornTail()).isPresent();
        try (FileJournal reader = FileJournal.openReadOnly(found)) {
            assertThat(reader.lastBlock()).isEqualTo(2);
        }

        try (FileJournal journal = FileJournal.open(found, FORCED)) {
            assertThat(journal.lastBlock()).isEqualTo(2);
            assertThat(journal.tornTail()).hasValueSatisfying(tail -> {
                assertThat(tail.acknowledged()).isEqualTo(4);
                assertThat(tail.bytes()).isGreaterThan(2 * 512);
                assertThat(tail.toString()).startsWith("4 blocks were LOST");
            });
        }
        try (FileJournal journal = FileJournal.open(found, FORCED)) {
            assertThat(journal.tornTail()).isEmpty();
        }
    }

    @Test
    void thatBlocksAreLostIsSaidAlsoWhereNothingIsLeftOfThem() throws IOException {
        write(3);
        RecordingDisk found = withAll();
        overwrite(found, marks.get(2).lastPlace(), 3 * 512);
        try (FileJournal journal = FileJournal.open(found, LATE)) {
            assertThat(journal.lastBlock()).isEqualTo(2);
            assertThat(journal.tornTail()).hasValueSatisfying(tail -> assertThat(tail.acknowledged()).isEqualTo(3));
        }
    }

    @Test
    void whatWasForcedIsNeverGivenUp() throws IOException {
        write(4);
        RecordingDisk found = withAll();
        overwrite(found, marks.get(1).lastPlace(), 512);
        for (JournalOptions options : List.of(LATE, FORCED)) {
            assertThatThrownBy(() -> FileJournal.open(found, options)).isInstanceOf(StoreDamagedException.class);
        }
        assertThatThrownBy(() -> FileJournal.openReadOnly(found)).isInstanceOf(StoreDamagedException.class);
        List<JournalFault> faults = new ArrayList<>();
        JournalVerification.run(found, (_, _) -> {}, faults::add);
        assertThat(faults).isNotEmpty();
    }

    @Test
    void aMarkBehindTheLastForceIsNotBelieved() throws IOException {
        WrittenLog log = write(4);
        RecordingDisk found = withAll();
        try (FileJournal journal = FileJournal.openReadOnly(found, Optional.of(marks.get(4)))) {
            assertThat(journal.resumedFrom()).isEmpty();
            log.check(journal);
        }
        try (FileJournal journal = FileJournal.openReadOnly(found, Optional.of(marks.get(1)))) {
            assertThat(journal.resumedFrom()).contains(marks.get(1));
            log.check(journal);
        }
    }

    @Test
    void afterOpeningWithForcesDamageIsDamageAgain() throws IOException {
        WrittenLog log = write(4).forced();
        disk.endProcess();
        try (FileJournal journal = FileJournal.open(disk, FORCED)) {
            log.check(journal);
            assertThat(disk.list()).doesNotContain(ForcedFile.FILE);
        }
        RecordingDisk found = withAll();
        overwrite(found, marks.get(4).lastPlace(), 512);
        assertThatThrownBy(() -> FileJournal.open(found, LATE)).isInstanceOf(StoreDamagedException.class);
    }

    @Test
    void aFileThatCannotBeReadCountsAsNone() throws IOException {
        write(4);
        RecordingDisk found = withAll();
        try (DiskFile file = found.open(ForcedFile.FILE, Disk.Access.WRITE)) {
            file.write(0, new byte[64], 0, 64);
            file.write(ForcedFile.SLOT_BYTES, new byte[64], 0, 64);
        }
        overwrite(found, marks.get(2).lastPlace(), 512);
        assertThatThrownBy(() -> FileJournal.open(found, LATE)).isInstanceOf(StoreDamagedException.class);
    }

    @Test
    void blocksAreForcedEachSoOften(@TempDir java.nio.file.Path directory) throws Exception {
        FailingDisk counted = new FailingDisk(RealDisk.at(directory));
        try (FileJournal journal = FileJournal.open(counted, LATE.withForceEveryNanos(1_000_000))) {
            for (int round = 0; round < 3; round++) {
                long before = counted.count(Operation.FORCE);
                CrashStateCheck.append(journal, BLOCK);
                until(() -> counted.count(Operation.FORCE) >= before + 2);
                assertThat(ForcedFile.read(counted, journal.storeId()).orElseThrow().block())
                        .isEqualTo(journal.lastBlock());
            }
            counted.fail(Operation.FORCE, counted.count(Operation.FORCE) + 1, false, Failure.IO_ERROR);
            CrashStateCheck.append(journal, BLOCK);
            until(() -> counted.failures() == 1);
            until(() -> {
                try {
                    CrashStateCheck.append(journal, BLOCK);
                    return false;
                } catch (IOException e) {
                    return String.valueOf(e.getMessage()).contains("since a failure");
                }
            });
        }
    }

    private static void until(Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }
}
