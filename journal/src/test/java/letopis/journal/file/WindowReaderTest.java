package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FailingDisk;
import letopis.journal.disk.FailingDisk.Operation;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WindowReaderTest {
    private static final int RECORDS = 20_000;

    private final RecordingDisk machine = new RecordingDisk();
    private final FailingDisk disk = new FailingDisk(machine);
    private final List<Long> places = new ArrayList<>();
    private final FileJournal journal = FileJournal.open(disk, JournalOptions.DEFAULT.withPreparation(Runnable::run));

    @BeforeEach
    void writeRecords() throws IOException {
        while (places.size() < RECORDS) {
            BlockDraft draft = journal.draft(100, 100 * 120);
            for (int i = 0; i < 100; i++) {
                byte[] payload = payload(places.size());
                places.add(draft.add(RecordKind.EVENT, payload, 0, payload.length));
            }
            journal.append(draft);
        }
    }

    @Test
    void recordsInOrderCostFewReads() throws IOException {
        long before = disk.count(Operation.READ);
        try (RecordReader reader = journal.reader()) {
            for (int i = 0; i < RECORDS; i++) {
                assertThat(reader.read(places.get(i))).isEqualTo(ByteBuffer.wrap(payload(i)));
            }
        }
        assertThat(disk.count(Operation.READ) - before).isLessThan(30);
    }

    @Test
    void recordsAgainstTheOrderCostFewReads() throws IOException {
        long before = disk.count(Operation.READ);
        try (RecordReader reader = journal.reader()) {
            for (int i = RECORDS - 1; i >= 0; i--) {
                assertThat(reader.read(places.get(i))).isEqualTo(ByteBuffer.wrap(payload(i)));
            }
        }
        assertThat(disk.count(Operation.READ) - before).isLessThan(30);
    }

    @Test
    void recordsInAnyOrderAreRightAndEarlierOnesStayAsTheyWere() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        List<ByteBuffer> read = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        try (RecordReader reader = journal.reader()) {
            for (int i = 0; i < 2000; i++) {
                int number = random.nextInt(RECORDS);
                numbers.add(number);
                read.add(reader.read(places.get(number)));
                if (i % 100 == 0) {
                    writeMore();
                }
            }
        }
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(ByteBuffer.wrap(payload(numbers.get(i))));
        }
    }

    @Test
    void jumpsFromSegmentToSegmentReadLittle() throws IOException {
        int last = Place.segment(places.getLast());
        assertThat(last).isGreaterThan(1);
        try (RecordReader reader = journal.reader()) {
            for (boolean backwards : new boolean[]{false, true}) {
                for (int i = 1; i <= last; i++) {
                    int segment = backwards ? last + 1 - i : i;
                    List<Long> inIt = places.stream().filter(place -> Place.segment(place) == segment).toList();
                    reader.seek(inIt.get(inIt.size() / 2));
                    assertThat(reader.array()).hasSize(WindowReader.MIN_WINDOW_BYTES);
                }
            }
        }
    }

    @Test
    void aRecordLargerThanTheLargestWindowIsRead() throws IOException {
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 7;
        BlockDraft draft = journal.draft(large.length);
        long place = draft.add(RecordKind.EVENT, large, 0, large.length);
        journal.append(draft);
        try (RecordReader reader = journal.reader()) {
            assertThat(reader.read(place)).isEqualTo(ByteBuffer.wrap(large));
        }
    }

    @Test
    void aPlaceWithoutARecordAndADamagedRecordAreNamed() throws IOException {
        try (RecordReader reader = journal.reader()) {
            assertThatThrownBy(() -> reader.read(places.get(5) + 1)).isInstanceOf(StoreDamagedException.class);
            assertThatThrownBy(() -> reader.read(Place.of(99, 512))).isInstanceOf(StoreDamagedException.class);
            assertThatThrownBy(() -> reader.read(Place.of(1, 0))).isInstanceOf(StoreDamagedException.class);
        }
        long place = places.get(7);
        try (DiskFile file = machine.open(SegmentName.of(Place.segment(place)), Disk.Access.WRITE)) {
            file.write(Place.offset(place) + 12, new byte[]{0}, 0, 1);
        }
        try (RecordReader reader = journal.reader()) {
            reader.read(places.get(6));
            assertThatThrownBy(() -> reader.read(place)).isInstanceOfSatisfying(StoreDamagedException.class, e -> {
                assertThat(e.place()).isEqualTo(SegmentName.of(Place.segment(place)));
                assertThat(e.offset()).isEqualTo(Place.offset(place));
            });
            reader.read(places.get(8));
        }
    }

    @Test
    void whatStandsBehindIsFoundWithoutItsPlaceAndOnlyWhatIsIntact() throws IOException {
        try (RecordReader reader = journal.reader()) {
            assertThat(reader.next()).isFalse();
            reader.expect(places.get(1_000));
            int followed = 0;
            for (int i = 0; i < 1_000; i++) {
                if (i > 0 && reader.next()) {
                    followed++;
                } else {
                    reader.seek(places.get(i));
                }
                assertThat(payload(reader)).isEqualTo(ByteBuffer.wrap(payload(i)));
            }
            assertThat(followed).isEqualTo(990); // a hundred records a block, and behind the last of each there is none
        }
        try (DiskFile file = machine.open(SegmentName.of(Place.segment(places.get(7))), Disk.Access.WRITE)) {
            file.write(Place.offset(places.get(7)) + 12, new byte[]{0}, 0, 1);
        }
        try (RecordReader reader = journal.reader()) {
            reader.expect(places.get(8));
            reader.seek(places.get(6));
            assertThat(reader.next()).isFalse();
            assertThat(payload(reader)).isEqualTo(ByteBuffer.wrap(payload(6)));
        }
    }

    @Test
    void whatIsExpectedIsReadAtOnce() throws IOException {
        try (RecordReader reader = journal.reader()) {
            reader.seek(places.get(5_000)); // opens the segment
        }
        long before = disk.count(Operation.READ);
        try (RecordReader reader = journal.reader()) {
            reader.expect(places.get(1_000));
            for (int i = 0; i <= 1_000; i++) {
                reader.seek(places.get(i));
            }
            assertThat(disk.count(Operation.READ) - before).isEqualTo(1);
            reader.expect(0);
            reader.seek(places.get(5_000));
            assertThat(disk.count(Operation.READ) - before).isEqualTo(2);
        }
    }

    private static ByteBuffer payload(RecordReader reader) {
        return ByteBuffer.wrap(reader.array(), reader.offset(), reader.length());
    }

    private void writeMore() throws IOException {
        BlockDraft draft = journal.draft(10);
        draft.add(RecordKind.EVENT, new byte[10], 0, 10);
        journal.append(draft);
    }

    private static byte[] payload(int number) {
        return ("record " + number + " " + "x".repeat(number % 100)).getBytes(StandardCharsets.UTF_8);
    }
}
