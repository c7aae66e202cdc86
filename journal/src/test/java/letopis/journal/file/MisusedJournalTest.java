package letopis.journal.file;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreClosedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who uses a journal as it is not to be used is told so, and changes nothing. */
class MisusedJournalTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withBlockBytes(1024, 4096)
            .withPreparation(Runnable::run);
    private static final WrittenBlock BLOCK = WrittenBlock.of(RecordKind.EVENT, new byte[10]);

    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void aDraftIsAppendedOnceAndOnlyTheLastOne() throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            BlockDraft empty = journal.draft(1, 10);
            assertThatThrownBy(() -> journal.append(empty)).isInstanceOf(IllegalArgumentException.class);
            BlockDraft first = CrashStateCheck.draft(journal, BLOCK);
            journal.append(first);
            assertThatThrownBy(() -> journal.append(first)).isInstanceOf(IllegalArgumentException.class);
            BlockDraft second = CrashStateCheck.draft(journal, BLOCK);
            assertThatThrownBy(() -> journal.append(first)).isInstanceOf(IllegalArgumentException.class);
            journal.append(second);
            assertThatThrownBy(() -> second.add(RecordKind.EVENT, new byte[1], 0, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("appended or dropped");
            assertThat(journal.lastBlock()).isEqualTo(2);
        }
    }

    @Test
    void aDraftTakesWhatFitsAndNoMore() throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            BlockDraft draft = journal.draft(1, 10);
            int more = 0;
            while (draft.hasRoomFor(1, 100)) {
                draft.add(RecordKind.EVENT, new byte[100], 0, 100);
                more++;
            }
            assertThat(more).isPositive();
            assertThatThrownBy(() -> draft.add(RecordKind.EVENT, new byte[100], 0, 100))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not fit");
            assertThatThrownBy(() -> draft.add(RecordKind.EVENT, new byte[100], 1, 100))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(draft.records()).isEqualTo(more);
            journal.append(draft);
            assertThat(journal.lastPosition()).isEqualTo(more);
        }
    }

    @Test
    void replayBeginsAtABlockThatIsThereOrAtTheNextOne() throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY, () -> FormatExample.STORE_ID,
                () -> Instant.ofEpochSecond(5), PlantedBug.NONE)) {
            assertThat(journal.createdMicros()).isEqualTo(5_000_000);
            CrashStateCheck.append(journal, BLOCK);
            CrashStateCheck.append(journal, BLOCK);
            for (long block : new long[]{0, -1, 4}) {
                assertThatThrownBy(() -> journal.replay(block, (_, _, _, _, _) -> {}))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is not between 1 and 3");
            }
            assertThat(journal.replay(3, (_, _, _, _, _) -> {
                throw new AssertionError("there is nothing");
            })).isEqualTo(3);
            assertThat(journal.refresh()).as("a writer knows all").isFalse();
        }
    }

    @Test
    void aJournalThatIsOnlyReadWritesNothing() throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            CrashStateCheck.append(journal, BLOCK);
        }
        disk.endProcess();
        long before = disk.contentHash();
        try (FileJournal journal = FileJournal.openReadOnly(disk)) {
            List<ThrowingCallable> writes = List.of(() -> journal.draft(1, 1), journal::force, journal::sealSegment,
                    journal::sealedSegments, () -> journal.pack(1), () -> journal.erase(1, (_, _) -> {
                        throw new AssertionError("nothing is to be erased");
                    }));
            for (ThrowingCallable write : writes) {
                assertThatThrownBy(write).isInstanceOf(UnsupportedOperationException.class);
            }
        }
        assertThat(disk.contentHash()).isEqualTo(before);
    }

    @Test
    void whatIsClosedIsClosed() throws IOException {
        FileJournal journal = FileJournal.open(disk, TINY);
        CrashStateCheck.append(journal, BLOCK);
        long[] place = {0};
        journal.replay(1, (_, _, _, at, _) -> place[0] = at);
        RecordReader reader = journal.reader();
        reader.seek(place[0]);
        assertThat(reader.length()).isEqualTo(10);
        reader.close();
        assertThat(reader.next()).isFalse();
        assertThatThrownBy(() -> reader.seek(place[0])).isInstanceOf(StoreClosedException.class);
        journal.close();
        journal.close();
        for (ThrowingCallable use : List.<ThrowingCallable>of(journal::reader, journal::refresh,
                () -> journal.draft(1, 1), () -> journal.replay(1, (_, _, _, _, _) -> {}))) {
            assertThatThrownBy(use).isInstanceOf(StoreClosedException.class);
        }
    }

    /** Whoever is told of damage is told in which file, also where a place is that none can have. */
    @Test
    void aRecordThatIsSoughtWhereNoneIsIsDamage() throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY); RecordReader reader = journal.reader()) {
            CrashStateCheck.append(journal, BLOCK);
            assertThatThrownBy(() -> reader.seek(Place.of(1, 600))).hasMessageContaining("00000001.segment");
            assertThatThrownBy(() -> reader.seek(Place.of(7, 600))).hasMessageContaining("00000007.segment");
            assertThatThrownBy(() -> reader.seek(Place.of(0, 600))).hasMessageContaining("segment 0");
            assertThatThrownBy(() -> reader.seek(Place.of(SegmentName.MAX + 1, 600)))
                    .hasMessageContaining("segment 100000000");
        }
    }
}
