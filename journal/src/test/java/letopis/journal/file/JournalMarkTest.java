package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import letopis.journal.JournalMark;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FailingDisk;
import letopis.journal.disk.FailingDisk.Operation;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A log that is read on from a mark is the log that is read from its beginning. */
class JournalMarkTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);
    private static final int BLOCKS = 30;

    private final RecordingDisk disk = new RecordingDisk();
    private final List<JournalMark> marks = new ArrayList<>();

    @Test
    void aLogIsTheSameFromEachOfItsMarks() throws IOException {
        WrittenLog log = write(disk, 1, marks);
        for (JournalMark mark : marks) {
            try (FileJournal journal = FileJournal.openReadOnly(disk, Optional.of(mark))) {
                assertResumed(journal, mark);
                log.check(journal);
                assertThat(journal.mark()).isEqualTo(marks.getLast());
                assertThat(journal.stats().usedBytes()).isEqualTo(marks.getLast().usedBytes());
            }
            RecordingDisk copy = copy();
            try (FileJournal journal = FileJournal.open(copy, TINY, Optional.of(mark))) {
                assertResumed(journal, mark);
                WrittenBlock more = WrittenBlock.random(new SplittableRandom(mark.block()));
                CrashStateCheck.append(journal, more);
                log.with(more).check(journal);
            }
        }
    }

    private static void assertResumed(FileJournal journal, JournalMark mark) throws IOException {
        assertThat(journal.resumedFrom()).isEqualTo(mark.block() == 0 ? Optional.empty() : Optional.of(mark));
        List<Long> blocks = new ArrayList<>();
        journal.replay(mark.block() + 1, (block, _, _, _, _) -> blocks.add(block));
        assertThat(blocks).allMatch(block -> block > mark.block());
        journal.replay(Math.max(1, mark.block() - 2), (block, _, _, _, _) -> blocks.add(block));
        assertThat(blocks).isNotEmpty();
    }

    @Test
    void onlyWhatLiesBehindAMarkIsRead() throws IOException {
        WrittenLog log = WrittenLog.EMPTY;
        RecordingDisk large = new RecordingDisk();
        FileJournal journal = FileJournal.open(large, JournalOptions.DEFAULT.withPreparation(Runnable::run));
        for (int block = 0; block < 400; block++) {
            WrittenBlock one = WrittenBlock.of(RecordKind.EVENT, new byte[10_000]);
            CrashStateCheck.append(journal, one);
            log = log.with(one);
        }
        JournalMark mark = journal.mark();
        journal.close();
        FailingDisk counted = new FailingDisk(large);
        try (FileJournal again = FileJournal.open(counted, TINY, Optional.of(mark))) {
            assertThat(again.resumedFrom()).contains(mark);
            assertThat(counted.count(Operation.READ)).isLessThan(15);
            log.with(WrittenBlock.CLEAN_END).check(again);
        }
    }

    @Test
    void damageBeforeAMarkIsFoundWhenItIsReadAndByVerification() throws IOException {
        write(disk, 1, marks);
        JournalMark mark = marks.get(BLOCKS - 5);
        long place = marks.get(3).lastPlace();
        flip(place);

        assertThatThrownBy(() -> FileJournal.open(disk, TINY)).isInstanceOf(StoreDamagedException.class);
        try (FileJournal journal = FileJournal.open(disk, TINY, Optional.of(mark))) {
            assertThat(journal.resumedFrom()).contains(mark);
            journal.replay(mark.block() + 1, (_, _, _, _, _) -> {});
            assertThatThrownBy(() -> journal.replay(1, (_, _, _, _, _) -> {}))
                    .isInstanceOfSatisfying(StoreDamagedException.class, e -> {
                        assertThat(e.place()).isEqualTo(SegmentName.of(Place.segment(place)));
                        assertThat(e.offset()).isEqualTo(Place.offset(place));
                    });
        }
        List<JournalFault> faults = new ArrayList<>();
        JournalVerification.run(disk, (_, _) -> {}, faults::add);
        assertThat(faults).isNotEmpty();
    }

    @Test
    void damageBehindAMarkIsRefusedAndATornBlockIsCutOff() throws IOException {
        WrittenLog log = write(disk, 1, marks);
        RecordingDisk damaged = copy();
        flip(damaged, marks.get(BLOCKS - 1).lastPlace());
        assertThatThrownBy(() -> FileJournal.open(damaged, TINY, Optional.of(marks.get(BLOCKS - 5))))
                .isInstanceOf(StoreDamagedException.class);

        JournalMark last = marks.getLast();
        write(disk, last.endPlace() + 7, new byte[]{1, 2, 3});
        try (FileJournal journal = FileJournal.open(disk, TINY, Optional.of(last))) {
            assertThat(journal.tornTail()).isPresent();
            log.check(journal);
        }
    }

    @Test
    void aMarkOfAnotherHistoryIsNotBelieved() throws IOException {
        List<JournalMark> others = new ArrayList<>();
        write(new RecordingDisk(), 2, others);
        WrittenLog log = write(disk, 1, marks);
        for (JournalMark mark : others) {
            try (FileJournal journal = FileJournal.openReadOnly(disk, Optional.of(mark))) {
                assertThat(journal.resumedFrom()).isEqualTo(marks.contains(mark) && mark.block() > 0
                        ? Optional.of(mark)
                        : Optional.empty());
                log.check(journal);
            }
        }
        assertNotBelieved(log, PlantedBug.NONE);
    }

    private void assertNotBelieved(WrittenLog log, PlantedBug bug) throws IOException {
        JournalMark mark = marks.get(10);
        for (JournalMark wrong : List.of(new JournalMark(11, mark.position(), mark.lastPlace(), mark.endPlace(), 1),
                new JournalMark(mark.block(), 99, mark.lastPlace(), mark.endPlace(), 1),
                new JournalMark(mark.block(), mark.position(), mark.lastPlace() + 1, mark.endPlace(), 1),
                new JournalMark(mark.block(), mark.position(), mark.lastPlace(), mark.endPlace() + 512, 1),
                new JournalMark(mark.block(), mark.position(), -1, mark.endPlace(), 1))) {
            try (FileJournal journal = new JournalOpening(disk, TINY, Optional.of(wrong), bug).readOnly()) {
                assertThat(journal.resumedFrom()).isEmpty();
                log.check(journal);
            }
        }
    }

    @Test
    void believingAMarkWithoutComparingIsFound() throws IOException {
        WrittenLog log = write(disk, 1, marks);
        assertThatThrownBy(() -> assertNotBelieved(log, PlantedBug.MARK_NOT_COMPARED))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aMarkIsWhatItWasEncodedAs() {
        JournalMark mark = new JournalMark(1, Long.MAX_VALUE, 3, -4, 5);
        byte[] encoded = mark.encode();
        assertThat(encoded).hasSize(JournalMark.BYTES);
        byte[] amid = new byte[JournalMark.BYTES + 10];
        System.arraycopy(encoded, 0, amid, 7, encoded.length);
        assertThat(JournalMark.decode(amid, 7)).isEqualTo(mark);
    }

    private static WrittenLog write(RecordingDisk disk, long seed, List<JournalMark> marks) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        WrittenLog log = WrittenLog.EMPTY;
        FileJournal journal = FileJournal.open(disk, TINY, Ids.NUMBERED, Ids.CLOCK, PlantedBug.NONE);
        marks.add(journal.mark());
        for (int block = 0; block < BLOCKS; block++) {
            WrittenBlock one = WrittenBlock.random(random);
            CrashStateCheck.append(journal, one);
            log = log.with(one);
            marks.add(journal.mark());
        }
        disk.endProcess();
        return log;
    }

    private void flip(long place) throws IOException {
        flip(disk, place);
    }

    private static void flip(RecordingDisk disk, long place) throws IOException {
        try (DiskFile file = disk.open(SegmentName.of(Place.segment(place)), Disk.Access.WRITE)) {
            byte[] one = new byte[1];
            file.read(Place.offset(place) + 50, one, 0, 1);
            one[0] ^= 1;
            file.write(Place.offset(place) + 50, one, 0, 1);
        }
    }

    private static void write(RecordingDisk disk, long place, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(SegmentName.of(Place.segment(place)), Disk.Access.WRITE)) {
            file.write(Place.offset(place), bytes, 0, bytes.length);
        }
    }

    private RecordingDisk copy() {
        PowerCut cut = disk.powerCut();
        return cut.state(new int[cut.units()]);
    }
}
