package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import letopis.journal.BlockDraft;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.RealDisk;
import letopis.store.LimitExceededException;
import letopis.store.StoreClosedException;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileJournalTest {
    private static final JournalOptions SMALL = JournalOptions.DEFAULT.withSegmentBytes(8 << 10, 32 << 10);

    @TempDir
    Path directory;

    @Test
    void whatWasAppendedIsReplayedAfterReopening() throws IOException {
        Random random = new Random(17);
        Map<Long, byte[]> written = new LinkedHashMap<>();
        for (int opening = 0; opening < 4; opening++) {
            try (FileJournal journal = open(SMALL)) {
                for (int block = 0; block < 30; block++) {
                    written.putAll(append(journal, random, 1 + random.nextInt(5)));
                }
                assertReads(journal, written);
            }
        }
        try (FileJournal journal = open(SMALL)) {
            assertThat(journal.tornTail()).isEmpty();
            assertReads(journal, written);
            assertThat(journal.stats().segments()).isGreaterThan(4);
            assertThat(journal.stats().usedBytes()).isLessThan(journal.stats().allocatedBytes());
        }
        try (FileJournal journal = FileJournal.openReadOnly(disk())) {
            assertReads(journal, written);
        }
    }

    @Test
    void blocksAreNumberedAndEventsGetPositions() throws IOException {
        try (FileJournal journal = open(SMALL)) {
            BlockDraft draft = journal.draft(3, 30);
            draft.add(RecordKind.EVENT, bytes("one"), 0, 3);
            draft.add(RecordKind.FORGET, bytes("none"), 0, 4);
            draft.add(RecordKind.EVENT, bytes("two"), 0, 3);
            journal.append(draft);
            append(journal, new Random(1), 2);

            List<String> seen = new ArrayList<>();
            long next = journal.replay(1, new BlockVisitor() {
                @Override
                public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
                    seen.add(block + " " + kind + " " + position);
                }

                @Override
                public void endOfBlock(long block, long lastPosition) {
                    seen.add(block + " ends " + lastPosition);
                }
            });

            assertThat(seen).containsExactly("1 EVENT 1", "1 FORGET 1", "1 EVENT 2", "1 ends 2", "2 EVENT 3",
                    "2 EVENT 4", "2 ends 4");
            assertThat(next).isEqualTo(3);
            assertThat(journal.lastBlock()).isEqualTo(2);
            assertThat(journal.lastPosition()).isEqualTo(4);
        }
    }

    @Test
    void aBlockLargerThanASegmentGetsASegmentThatHoldsIt() throws IOException {
        Map<Long, byte[]> written = new LinkedHashMap<>();
        try (FileJournal journal = open(SMALL)) {
            written.putAll(append(journal, bytes("x".repeat(100_000))));
            written.putAll(append(journal, bytes("small")));
            written.putAll(append(journal, bytes("y".repeat(300_000))));
            journal.draft(1, 700_000);
            written.putAll(append(journal, bytes("z".repeat(900_000))));
        }
        try (FileJournal journal = open(SMALL)) {
            assertReads(journal, written);
        }
    }

    @Test
    void aBlockBeyondTheLimitIsRefusedAndNothingIsHarmed() throws IOException {
        try (FileJournal journal = open(SMALL.withBlockBytes(4096, 64 << 10))) {
            assertThatThrownBy(() -> journal.draft(1, 64 << 10)).isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("maxBlockBytes");
            append(journal, bytes("goes on"));
            assertThat(journal.lastBlock()).isEqualTo(1);
        }
    }

    @Test
    void aReaderBesideTheWriterFollowsIt() throws IOException {
        Random random = new Random(3);
        Map<Long, byte[]> written = new LinkedHashMap<>();
        try (FileJournal journal = open(SMALL); FileJournal reader = FileJournal.openReadOnly(disk())) {
            assertThat(reader.refresh()).isFalse();
            for (int block = 0; block < 60; block++) {
                written.putAll(append(journal, random, 2));
                assertThat(reader.refresh()).isTrue();
                assertThat(reader.lastBlock()).isEqualTo(journal.lastBlock());
            }
            assertReads(reader, written);
            assertThat(reader.refresh()).isFalse();
        }
    }

    @Test
    void aSecondWriterIsRefusedAndAReaderDoesNotBreakTheLock() throws IOException {
        try (FileJournal journal = open(SMALL)) {
            append(journal, bytes("one"));
            FileJournal.openReadOnly(disk()).close();
            assertThatThrownBy(() -> open(SMALL)).isInstanceOfSatisfying(StoreUnusableException.class,
                    e -> assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.IN_USE));
        }
        open(SMALL).close();
    }

    @Test
    void aClosedJournalSaysSo() throws IOException {
        FileJournal journal = open(SMALL);
        append(journal, bytes("one"));
        RecordReader reader = journal.reader();
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.draft(1, 1)).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> journal.replay(1, (block, kind, position, place, payload) -> {}))
                .isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(journal::reader).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> reader.read(Place.of(1, 560))).isInstanceOf(StoreClosedException.class);
    }

    private static Map<Long, byte[]> append(Journal journal, byte[] payload) throws IOException {
        BlockDraft draft = journal.draft(payload.length);
        long place = draft.add(RecordKind.EVENT, payload, 0, payload.length);
        journal.append(draft);
        return Map.of(place, payload);
    }

    private static Map<Long, byte[]> append(Journal journal, Random random, int records) throws IOException {
        Map<Long, byte[]> written = new LinkedHashMap<>();
        BlockDraft draft = journal.draft(records, records * 700L);
        for (int i = 0; i < records; i++) {
            byte[] payload = new byte[random.nextInt(700)];
            random.nextBytes(payload);
            written.put(draft.add(RecordKind.EVENT, payload, 0, payload.length), payload);
        }
        journal.append(draft);
        return written;
    }

    private static void assertReads(Journal journal, Map<Long, byte[]> written) throws IOException {
        Map<Long, byte[]> replayed = new LinkedHashMap<>();
        journal.replay(1, (block, kind, position, place, payload) -> replayed.put(place, array(payload)));
        assertThat(replayed).usingRecursiveComparison().isEqualTo(written);
        List<Long> places = new ArrayList<>(written.keySet());
        try (RecordReader reader = journal.reader()) {
            for (long place : places) {
                assertThat(array(reader.read(place))).isEqualTo(written.get(place));
            }
            for (long place : places.reversed()) {
                assertThat(array(reader.read(place))).isEqualTo(written.get(place));
            }
        }
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FileJournal open(JournalOptions options) {
        return FileJournal.open(disk(), options);
    }

    private RealDisk disk() {
        return RealDisk.at(directory.resolve("a").resolve("store"));
    }
}
