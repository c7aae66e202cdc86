package letopis.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.RealDisk;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A backup is the log as it was, also while segments are added, packed and replaced beside it, and however old its copies are. */
class BackupTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);

    private final RecordingDisk source = new RecordingDisk();
    private final RecordingDisk target = new RecordingDisk();
    private final SplittableRandom random = new SplittableRandom(3);
    private WrittenLog log = WrittenLog.EMPTY;

    private void append(FileJournal journal, int blocks) throws IOException {
        for (int i = 0; i < blocks; i++) {
            WrittenBlock block = WrittenBlock.random(random);
            CrashStateCheck.append(journal, block);
            log = log.with(block);
        }
    }

    private static BackupReport backup(Disk from, Disk to) throws IOException {
        return Backup.run(from, to, (_, _) -> {});
    }

    private void assertIsTheLog(RecordingDisk backup) throws IOException {
        try (FileJournal found = FileJournal.openReadOnly(backup)) {
            log.check(found);
            assertThat(found.lastBlock()).isEqualTo(log.acknowledged().size());
        }
        JournalVerification.run(backup, (_, _) -> {}, fault -> {
            throw new AssertionError(fault);
        });
    }

    @Test
    void segmentsThatAreThereAreKeptUnlessTheyDifferAnywhereThatIsLookedAt() throws IOException {
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            append(journal, 40);
            BackupReport first = backup(source, target);
            assertThat(first.kept()).isZero();
            assertThat(first.copied()).isEqualTo(journal.sealedSegments() + 1);
            assertIsTheLog(target);
            assertThat(backup(source, target).kept()).isEqualTo(journal.sealedSegments());

            String copy = SegmentName.of(2);
            for (long at : new long[]{3, size(target, copy) - 3}) {
                change(target, copy, at);
                assertThat(backup(source, target).kept()).as("changed at %s", at)
                        .isEqualTo(journal.sealedSegments() - 1);
                assertIsTheLog(target);
            }
            try (DiskFile file = target.open(copy, Disk.Access.WRITE)) {
                file.write(file.size(), new byte[512], 0, 512);
            }
            assertThat(backup(source, target).kept()).as("larger").isEqualTo(journal.sealedSegments() - 1);
            target.delete(copy);
            assertThat(backup(source, target).kept()).as("missing").isEqualTo(journal.sealedSegments() - 1);
            assertIsTheLog(target);
        }
    }

    @Test
    void progressReachesTheWhole() throws IOException {
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            append(journal, 40);
            List<Long> done = new ArrayList<>();
            List<Long> total = new ArrayList<>();
            Backup.run(source, target, (doneBytes, totalBytes) -> {
                done.add(doneBytes);
                total.add(totalBytes);
            });
            long bytes = 0;
            for (int number = 1; number <= journal.sealedSegments() + 1; number++) {
                bytes += size(source, SegmentName.of(number));
            }
            assertThat(done).isSorted().last().isEqualTo(bytes);
            assertThat(total).containsOnly(bytes);
        }
    }

    /** The writer goes on, over several segments, when the first one is copied. */
    @Test
    void whatIsAppendedBesideItIsInItAsFarAsItIsPublished() throws IOException {
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            append(journal, 20);
            once(SegmentName.of(1), () -> append(journal, 40));
            assertIsTheLog(target);
        }
    }

    @Test
    void aSegmentThatIsPackedMeanwhileIsCopiedInItsNewForm() throws IOException {
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            append(journal, 20);
            once(SegmentName.of(1), () -> journal.pack(1));
            assertThat(target.list()).contains(SegmentName.packed(1)).doesNotContain(SegmentName.of(1));
            assertIsTheLog(target);
        }
    }

    @Test
    void aSegmentThatWasPackedSinceTakesThePlaceOfItsPlainCopy() throws IOException {
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            append(journal, 20);
            backup(source, target);
            journal.pack(2);
            backup(source, target);
            assertThat(target.list()).contains(SegmentName.packed(2)).doesNotContain(SegmentName.of(2));
            assertIsTheLog(target);
        }
    }

    /** Something that happens beside a backup, when it opens a file for the first time. */
    private interface Beside {
        void happens() throws IOException;
    }

    private void once(String file, Beside beside) throws IOException {
        boolean[] happened = {false};
        backup(InterceptedDisk.of(source, operation -> {
            if (!happened[0] && operation.name().equals("open READ") && operation.file().equals(file)
                    && target.list().contains(BackupCatalog.FILE)) {
                happened[0] = true;
                beside.happens();
            }
            return operation.proceed();
        }), target);
        assertThat(happened[0]).isTrue();
    }

    @Test
    void withoutAMarkerOfTheWriterTheLogIsRead() throws IOException {
        FileJournal journal = FileJournal.open(source, TINY);
        append(journal, 20);
        source.delete(Publication.FILE);
        backup(source, target);
        assertIsTheLog(target);
    }

    @Test
    void aLostSegmentIsSaidAndTheEarlierBackupStays() throws IOException {
        try (FileJournal journal = FileJournal.open(source, TINY)) {
            append(journal, 20);
            backup(source, target);
            WrittenLog before = log;
            append(journal, 20);
            source.delete(SegmentName.of(4));
            assertThatThrownBy(() -> backup(source, target)).isInstanceOf(FileMissingException.class);
            target.endProcess();
            log = before;
            assertIsTheLog(target);
        }
    }

    @Test
    void whereThereIsNoStoreThereIsNothingToCopy(@TempDir Path directory) {
        for (Disk none : new Disk[]{source, RealDisk.at(directory.resolve("missing"))}) {
            assertThatThrownBy(() -> backup(none, target)).isInstanceOfSatisfying(StoreUnusableException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
            assertThatThrownBy(() -> Repair.run(RealDisk.at(directory.resolve("missing"))))
                    .isInstanceOfSatisfying(StoreUnusableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
            assertThatThrownBy(() -> Repair.plan(RealDisk.at(directory.resolve("missing")), (_, _, _, _, _) -> {}))
                    .isInstanceOfSatisfying(StoreUnusableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        }
        assertThat(target.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {StoreFiles.LOST_AND_FOUND, "something"})
    void onlyAnEmptyDirectoryOrThatOfAFileSystemIsTaken(String name) throws IOException {
        FileJournal.open(source, TINY).close();
        target.directory(name).open("x", Disk.Access.CREATE).close();
        if (name.equals(StoreFiles.LOST_AND_FOUND)) {
            backup(source, target);
            assertThat(target.list()).contains(Superblock.FILE);
        } else {
            assertThatThrownBy(() -> backup(source, target)).isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("is not empty (there is something)");
        }
    }

    @Test
    void twoBackupsIntoOneDirectoryAreNotMadeAtOnce() throws IOException {
        FileJournal.open(source, TINY).close();
        assertThat(target.tryLock(StoreFiles.LOCK)).isPresent();
        assertThatThrownBy(() -> backup(source, target)).isInstanceOfSatisfying(StoreUnusableException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE));
    }

    private static long size(Disk disk, String name) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.READ)) {
            return file.size();
        }
    }

    private static void change(Disk disk, String name, long at) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.WRITE)) {
            byte[] one = new byte[1];
            file.read(at, one, 0, 1);
            one[0] ^= 1;
            file.write(at, one, 0, 1);
        }
    }
}
