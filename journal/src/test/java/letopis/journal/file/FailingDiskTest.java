package letopis.journal.file;

import java.io.IOException;
import java.util.SplittableRandom;

import letopis.journal.RecordKind;
import letopis.journal.disk.FailingDisk;
import letopis.journal.disk.FailingDisk.Failure;
import letopis.journal.disk.FailingDisk.Operation;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreException;
import letopis.store.StoreFullException;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Any operation on the disk may fail, once or from then on: no acknowledged block is lost, and the errors are ours. */
class FailingDiskTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);
    private static final int BLOCKS = 12;

    @ParameterizedTest
    @EnumSource
    void eachOperationMayFail(Operation operation) throws IOException {
        long failures = 0;
        for (Failure failure : Failure.values()) {
            for (boolean sticky : new boolean[]{false, true}) {
                for (long nth = 1;; nth++) {
                    History history = new History(operation, nth, sticky, failure);
                    history.live();
                    history.check();
                    if (history.disk.failures() == 0) {
                        break;
                    }
                    failures++;
                }
            }
        }
        boolean happens = operation != Operation.TRUNCATE && operation != Operation.DELETE;
        assertThat(failures).isGreaterThanOrEqualTo(happens ? 6 : 0);
    }

    /** One life of a store on a disk that fails. */
    private static final class History {
        private final RecordingDisk machine = new RecordingDisk();
        private final FailingDisk disk = new FailingDisk(machine);
        private final String name;
        private final SplittableRandom random = new SplittableRandom(11);
        private WrittenLog log = WrittenLog.EMPTY;

        private History(Operation operation, long nth, boolean sticky, Failure failure) {
            disk.fail(operation, nth, sticky, failure);
            name = failure + " at " + operation + " " + nth + (sticky ? " and all later ones" : "");
        }

        private void live() throws IOException {
            try {
                for (int opening = 0; opening < 2; opening++) {
                    FileJournal journal = FileJournal.open(disk, TINY);
                    try {
                        use(journal);
                    } finally {
                        close(journal);
                    }
                }
            } catch (StoreUnusableException | IOException e) {
                assertThat(disk.failures()).as("%s: %s", name, e).isPositive();
            }
        }

        private void use(FileJournal journal) throws IOException {
            for (int i = 0; i < BLOCKS; i++) {
                append(journal, WrittenBlock.random(random));
            }
            try {
                log.check(journal);
            } catch (IOException e) {
                // Reading is not final: it goes on when the disk does.
                assertThat(disk.failures()).isPositive();
                disk.heal();
                log.check(journal);
            }
        }

        private void append(FileJournal journal, WrittenBlock block) throws IOException {
            log = log.withInFlight(block);
            try {
                CrashStateCheck.append(journal, block);
            } catch (StoreFullException e) {
                // Nothing was changed, and it goes on when there is room.
                log = log.withoutInFlight();
                log.check(journal);
                disk.heal();
                CrashStateCheck.append(journal, block);
            } catch (IOException e) {
                assertThat(disk.failures()).as("%s: %s", name, e).isPositive();
                disk.heal();
                assertThatThrownBy(() -> CrashStateCheck.append(journal, block)).as(name)
                        .isInstanceOf(IOException.class);
                throw e;
            }
            log = log.with(block);
        }

        private void close(FileJournal journal) throws IOException {
            boolean ends = log.inFlight().isEmpty() && log.closingWrites();
            if (ends) {
                log = log.withInFlight(WrittenBlock.CLEAN_END);
            }
            journal.close();
            if (ends) {
                log = log.with(WrittenBlock.CLEAN_END);
            }
        }

        private void check() throws IOException {
            PowerCut cut = machine.powerCut();
            checkOn(cut.state(new int[cut.units()]), "after a power cut");
            machine.endProcess();
            checkOn(machine, "in the next process");
        }

        private void checkOn(RecordingDisk found, String when) throws IOException {
            try (FileJournal journal = FileJournal.open(found, TINY)) {
                WrittenLog there = log.check(journal);
                WrittenBlock more = WrittenBlock.random(random);
                CrashStateCheck.append(journal, more);
                there.with(more).check(journal);
            } catch (StoreException | AssertionError e) {
                throw new AssertionError(name + ", " + when + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void aForceIsNeverTriedAgain() throws IOException {
        RecordingDisk machine = new RecordingDisk();
        FileJournal journal = FileJournal.open(machine, TINY);
        CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[10]));
        machine.failForce(1);
        assertThatThrownBy(() -> CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[20])))
                .isInstanceOf(IOException.class);
        long operations = machine.operations();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[30])))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("since a failure");
        }
        journal.close();

        assertThat(machine.operations()).isEqualTo(operations);
        assertThat(journal.lastBlock()).isEqualTo(1);
    }

    @Test
    void aFullDiskFailsAppendsAndNothingElse() throws IOException {
        RecordingDisk machine = new RecordingDisk();
        FailingDisk disk = new FailingDisk(machine);
        FileJournal journal = FileJournal.open(disk, TINY);
        WrittenLog log = WrittenLog.EMPTY;
        disk.fail(Operation.CREATE, 1, true, Failure.NO_ROOM);
        SplittableRandom random = new SplittableRandom(1);
        boolean full = false;
        while (!full) {
            WrittenBlock block = WrittenBlock.random(random);
            try {
                CrashStateCheck.append(journal, block);
                log = log.with(block);
            } catch (StoreFullException e) {
                full = true;
            }
        }
        assertThat(log.acknowledged()).isNotEmpty();
        log.check(journal);
        try (FileJournal reader = FileJournal.openReadOnly(disk)) {
            log.check(reader);
        }
        journal.close();
        log = log.with(WrittenBlock.CLEAN_END);
        try (FileJournal again = FileJournal.open(disk, TINY)) {
            log.check(again);
            disk.heal();
            CrashStateCheck.append(again, WrittenBlock.of(RecordKind.EVENT, new byte[3000]));
        }
    }
}
