package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@link DamageTest} leaves open: verification where nothing is damaged, and where there is no store. */
class JournalVerificationTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);

    private final RecordingDisk disk = new RecordingDisk();
    private final List<JournalFault> faults = new ArrayList<>();

    @Test
    void aSoundStoreHasNoFaultsAndProgressReachesItsEnd() throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            append(journal, 20);
        }
        List<Long> done = new ArrayList<>();
        VerificationReport report = JournalVerification.run(disk, (bytes, total) -> {
            done.add(bytes);
            assertThat(bytes).isLessThanOrEqualTo(total);
        }, faults::add);
        assertThat(faults).isEmpty();
        assertThat(report.blocks()).as("with the mark of the clean end").isEqualTo(21);
        assertThat(report.records()).isEqualTo(20);
        assertThat(report.lastPosition()).isEqualTo(20);
        assertThat(report.besideWriter()).isFalse();
        assertThat(done).isSorted().endsWith(report.bytes());
    }

    @Test
    void besideAWriterItLooksAtWhatIsPublished() throws IOException {
        FileJournal journal = FileJournal.open(disk, TINY);
        append(journal, 20);
        VerificationReport report = verify();
        assertThat(faults).isEmpty();
        assertThat(report.besideWriter()).isTrue();
        assertThat(report.blocks()).isEqualTo(20);
        long operations = disk.operations();
        verify();
        assertThat(disk.operations()).as("it changes nothing").isEqualTo(operations);
        append(journal, 1);
    }

    @Test
    void aTornTailIsNoFaultAndIsCutOffByTheNextWriterAndSaid() throws IOException {
        FileJournal journal = FileJournal.open(disk, TINY);
        append(journal, 2);
        disk.endProcess();
        try (DiskFile file = disk.open(SegmentName.of(1), Disk.Access.WRITE)) {
            file.write(512 + 2 * 512 + 100, new byte[]{1}, 0, 1);
        }
        assertThat(verify().tornTail()).isPresent();
        assertThat(faults).isEmpty();
        try (FileJournal reader = FileJournal.openReadOnly(disk)) {
            assertThat(reader.lastBlock()).isEqualTo(2);
        }
        FileJournal again = FileJournal.open(disk, TINY);
        assertThat(again.tornTail()).hasValueSatisfying(tail -> {
            assertThat(tail.file()).isEqualTo(SegmentName.of(1));
            assertThat(tail.offset()).isEqualTo(512 + 2 * 512 + 100);
        });
        assertThat(verify().tornTail()).isEmpty();
        assertThat(again.lastBlock()).isEqualTo(2);
    }

    @Test
    void whatIsNoStoreIsSaid() throws IOException {
        assertThatThrownBy(this::verify).isInstanceOf(StoreUnusableException.class);
        disk.open("something", Disk.Access.CREATE).close();
        assertThatThrownBy(this::verify).isInstanceOf(StoreUnusableException.class);
        long operations = disk.operations();
        assertThatThrownBy(() -> FileJournal.open(disk, TINY)).isInstanceOfSatisfying(StoreUnusableException.class,
                e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.NOT_A_STORE));
        assertThat(disk.operations()).as("nothing was changed").isEqualTo(operations);
    }

    @Test
    void aNewerFormatIsRefusedWithBothVersions() throws IOException {
        FileJournal.open(disk, TINY).close();
        byte[] bytes = new byte[FixedFile.BYTES];
        try (DiskFile file = disk.open(Superblock.FILE, Disk.Access.WRITE)) {
            file.read(0, bytes, 0, bytes.length);
            LittleEndian.putInt(bytes, 8, 2);
            file.write(0, FixedFile.seal(bytes), 0, bytes.length);
        }
        assertThatThrownBy(() -> FileJournal.open(disk, TINY)).isInstanceOfSatisfying(StoreUnusableException.class,
                e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.NEWER_FORMAT))
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1");
    }

    @Test
    void aDirectoryThatIsNotThereOrEmptyIsOnlyMadeAStoreWhenAllowed() {
        assertThatThrownBy(() -> FileJournal.open(disk, TINY.withCreate(false)))
                .isInstanceOfSatisfying(StoreUnusableException.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.NOT_FOUND));
        assertThatThrownBy(() -> FileJournal.openReadOnly(disk)).isInstanceOfSatisfying(StoreUnusableException.class,
                e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.NOT_FOUND));
        assertThat(disk.list()).isEmpty();
    }

    private VerificationReport verify() throws IOException {
        return JournalVerification.run(disk, (bytes, total) -> {}, faults::add);
    }

    private static void append(FileJournal journal, int blocks) throws IOException {
        for (int i = 0; i < blocks; i++) {
            CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[30]));
        }
    }
}
