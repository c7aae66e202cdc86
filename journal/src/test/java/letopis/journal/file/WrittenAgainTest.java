package letopis.journal.file;

import java.io.IOException;

import letopis.journal.RecordKind;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * After a force that failed the system shows blocks that it will never write: it takes them for written. Of those, what was
 * acknowledged before it was forced is written once more by the next opening, so that what it serves survives a power cut.
 */
class WrittenAgainTest {
    private static final JournalOptions LATE = JournalOptions.DEFAULT.withSegmentBytes(1 << 20, 1 << 20)
            .withPreparation(Runnable::run)
            .withForceEveryNanos(JournalOptions.FORCE_LATE);

    private final RecordingDisk disk = new RecordingDisk();
    private WrittenLog log = WrittenLog.EMPTY;

    private FileJournal journalWithThreeForcedBlocks(JournalOptions options) throws IOException {
        FileJournal journal = FileJournal.open(disk, options);
        for (int i = 0; i < 3; i++) {
            append(journal, i);
        }
        journal.force();
        log = log.forced();
        return journal;
    }

    private void append(FileJournal journal, int number) throws IOException {
        CrashStateCheck.append(journal, block(number));
        log = log.withUnforced(block(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30})
    void whatAnOpeningServesAfterAFailedForceSurvivesAPowerCut(int unforced) throws IOException {
        FileJournal journal = journalWithThreeForcedBlocks(LATE);
        for (int i = 0; i < unforced; i++) {
            append(journal, 3 + i);
        }
        disk.failForce(1);
        assertThatThrownBy(journal::force).hasMessageContaining("Input/output error");
        assertThatThrownBy(() -> CrashStateCheck.append(journal, block(99))).isInstanceOf(IOException.class)
                .hasMessageContaining("since a failure");
        assertThatThrownBy(journal::force).isInstanceOf(IOException.class).hasMessageContaining("earlier force failed");
        journal.close();
        disk.endProcess();

        assertServedBlocksSurvive(LATE, 3 + unforced);
    }

    /** Which force fails: that of a segment which is full, or one of a segment in preparation, which is made again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void alsoWhereLateBlocksReachOverSegments(int nth) throws IOException {
        JournalOptions tiny = LATE.withSegmentBytes(4096, 4096);
        FileJournal journal = journalWithThreeForcedBlocks(tiny);
        disk.failForce(nth);
        try {
            for (int i = 0; i < 12; i++) {
                append(journal, 3 + i);
            }
            journal.force();
            log = log.forced();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("Input/output error");
        }
        disk.failForce(Long.MAX_VALUE);
        journal.close();
        disk.endProcess();

        assertServedBlocksSurvive(tiny, log.durable());
    }

    private void assertServedBlocksSurvive(JournalOptions options, int atLeast) throws IOException {
        try (FileJournal reopened = FileJournal.open(disk, options)) {
            long served = reopened.lastBlock();
            assertThat(served).as("the process ended, and nothing else").isGreaterThanOrEqualTo(atLeast);
            PowerCut cut = disk.powerCut();
            RecordingDisk after = cut.state(new int[cut.units()]);
            try (FileJournal found = FileJournal.open(after, options.withForceEveryNanos(0))) {
                assertThat(found.lastBlock()).isEqualTo(served);
                new WrittenLog(log.acknowledged().subList(0, (int) Math.min(served, log.acknowledged().size())),
                        log.inFlight(), log.durable()).check(found);
            }
        }
    }

    private static WrittenBlock block(int number) {
        return WrittenBlock.of(RecordKind.EVENT, FormatExample.bytes(("block " + number + " ").repeat(70)));
    }
}
