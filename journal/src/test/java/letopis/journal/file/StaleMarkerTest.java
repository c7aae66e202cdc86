package letopis.journal.file;

import java.io.IOException;

import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A marker that says where the log was closed spares the next opening the search for what follows. If it were still believed
 * after the log went on, damage to the next block would be taken for a torn end, and all behind it cut off.
 */
class StaleMarkerTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(8192, 8192)
            .withPreparation(Runnable::run);

    @Test
    void damageBehindAnOldMarkerIsFound() throws IOException {
        assertThatThrownBy(() -> open(Bug.NONE, damaged(Bug.NONE)).close()).isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining(SegmentName.of(1));
    }

    @Test
    void aMarkerThatIsNotForcedAtTheOpeningIsCaught() throws IOException {
        Bug bug = Bug.of(DiskBug.DOES_NOT_FORCE_THE_MARKER);
        try (FileJournal journal = open(bug, damaged(bug))) {
            assertThat(journal.lastBlock()).as("blocks lost without a word").isEqualTo(2);
        }
    }

    /** One block, closed; two more, and a power cut that keeps only what was forced; then a bit of the second one turns. */
    private static RecordingDisk damaged(Bug bug) throws IOException {
        RecordingDisk disk = new RecordingDisk();
        try (FileJournal journal = open(Bug.NONE, disk)) {
            append(journal);
        }
        try (DiskFile marker = disk.open(Publication.FILE, Disk.Access.WRITE)) {
            marker.force();
        }
        disk.forceDirectory();
        disk.endProcess();
        FileJournal journal = open(bug, disk);
        long second = journal.stats().usedBytes() + TINY.alignmentBytes();
        append(journal);
        append(journal);
        PowerCut cut = disk.powerCut();
        RecordingDisk left = cut.state(new int[cut.units()]);
        try (DiskFile segment = left.open(SegmentName.of(1), Disk.Access.WRITE)) {
            segment.write(second + 60, new byte[]{1}, 0, 1);
        }
        return left;
    }

    private static FileJournal open(Bug bug, RecordingDisk disk) {
        return bug.open(disk, TINY, Ids.NUMBERED, Ids.CLOCK);
    }

    private static void append(FileJournal journal) throws IOException {
        CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[100]));
    }
}
