package letopis.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import letopis.journal.disk.Disk;
import letopis.journal.disk.RealDisk;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store is restored up to any record, also in the middle of a block: with all before it and nothing of the rest. */
class RestoredUpToARecordTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);

    private final RecordingDisk source = new RecordingDisk();
    private final List<String> records = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();

    private void write() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            for (int i = 0; i < 40; i++) {
                CrashStateCheck.append(journal, WrittenBlock.random(random));
            }
            journal.replay(1, (_, kind, position, place, payload) -> {
                records.add(kind + " " + position + " " + payload.remaining() + " " + payload.hashCode());
                places.add(place);
            });
        }
    }

    private static List<String> recordsOf(FileJournal journal) throws IOException {
        List<String> found = new ArrayList<>();
        journal.replay(1, (_, kind, position, _, payload) -> found
                .add(kind + " " + position + " " + payload.remaining() + " " + payload.hashCode()));
        return found;
    }

    @Test
    void allBeforeTheRecordIsThereAndNothingBehindIt() throws IOException {
        write();
        for (int kept = 0; kept <= places.size(); kept++) {
            RecordingDisk target = new RecordingDisk();
            List<String> progress = new ArrayList<>();
            long before = kept == places.size() ? Long.MAX_VALUE : places.get(kept);
            BackupReport report = Restoration.run(source, target, before,
                    (done, total) -> progress.add(done + "/" + total));

            int segments = (int) target.list().stream().filter(it -> SegmentName.number(it) > 0).count();
            assertThat(progress).hasSize(segments).last().isEqualTo(segments + "/" + segments);
            try (FileJournal restored = FileJournal.openReadOnly(target)) {
                assertThat(recordsOf(restored)).as("up to record %s", kept).isEqualTo(records.subList(0, kept));
                assertThat(report.lastPosition()).isEqualTo(restored.lastPosition());
                assertThat(restored.lastBlock()).isEqualTo(report.blocks());
            }
            assertThat(JournalVerification.run(target, (_, _) -> {}, fault -> {
                throw new AssertionError(fault);
            }).faults()).isZero();
            try (FileJournal goesOn = FileJournal.open(target, TINY)) {
                assertThat(goesOn.tornTail()).isEmpty();
                assertThat(goesOn.storeId()).isEqualTo(FileJournal.openReadOnly(source).storeId());
                CrashStateCheck.append(goesOn, WrittenBlock.random(new SplittableRandom(kept)));
                assertThat(recordsOf(goesOn).subList(0, kept)).isEqualTo(records.subList(0, kept));
            }
            target.endProcess();
            FileJournal.open(target.powerCut().state(new int[target.powerCut().units()]), TINY).close();
        }
    }

    @Test
    void aDirectoryIsMadeAndOneThatIsNotEmptyIsRefused(@TempDir Path directory) throws IOException {
        write();
        Disk made = RealDisk.at(directory.resolve("made"));
        Restoration.run(source, made, Long.MAX_VALUE, (_, _) -> {});
        try (FileJournal restored = FileJournal.openReadOnly(made)) {
            assertThat(recordsOf(restored)).isEqualTo(records);
        }
        assertThatThrownBy(() -> Restoration.run(source, made, Long.MAX_VALUE, (_, _) -> {}))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("is not empty (there is ");
        RecordingDisk mounted = new RecordingDisk();
        mounted.directory(StoreFiles.LOST_AND_FOUND).open("x", Disk.Access.CREATE).close();
        Restoration.run(source, mounted, Long.MAX_VALUE, (_, _) -> {});
        assertThat(mounted.list()).contains(Superblock.FILE, StoreFiles.LOST_AND_FOUND);
    }
}
