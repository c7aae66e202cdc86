package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.RealDisk;
import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Single records are read by way of a map, and what goes wrong with that is what would go wrong with a read. */
class MappedReadsTest {
    private static final JournalOptions SMALL = JournalOptions.DEFAULT.withSegmentBytes(1 << 16, 1 << 16)
            .withPreparation(Runnable::run);
    /** So often, that the virtual machine has compiled what reads. */
    private static final int OFTEN = 30_000;

    @TempDir
    Path directory;

    @Test
    void singleRecordsTakeNoReadOfTheDisk() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        Disk disk = InterceptedDisk.of(RealDisk.at(directory), operation -> {
            reads.addAndGet(operation.name().equals("read") ? 1 : 0);
            return operation.proceed();
        });
        try (FileJournal journal = FileJournal.open(disk, SMALL); RecordReader reader = journal.reader()) {
            List<Long> places = write(journal, 2_000);
            readSome(reader, places, 100);
            int before = reads.get();
            assertThat(before).isPositive();

            readSome(reader, places, 10_000);

            assertThat(reads).hasValue(before);
        }
    }

    @Test
    void whatIsWrittenAfterTheFileWasMappedIsRead() throws IOException {
        try (FileJournal journal = FileJournal.open(RealDisk.at(directory), JournalOptions.DEFAULT);
                RecordReader reader = journal.reader()) {
            for (int i = 0; i < 300; i++) {
                long place = write(journal, 1).getFirst();
                assertThat(reader.read(place)).isEqualTo(ByteBuffer.wrap(payload(0)));
            }
            assertThat(journal.stats().segments()).isLessThan(3);
        }
    }

    /** The virtual machine goes on, and the error names the file, as one of a read. */
    @Test
    void aFileThatIsCutWhileItIsMapped() throws IOException {
        try (FileJournal journal = FileJournal.open(RealDisk.at(directory), SMALL);
                RecordReader reader = journal.reader()) {
            List<Long> places = write(journal, 2_000);
            readSome(reader, places, OFTEN);
            List<Long> inSecond = places.stream().filter(it -> Place.segment(it) == 2).toList();
            cut(SegmentName.of(2), Place.offset(inSecond.get(20)) / 4096 * 4096);

            for (long place : inSecond.subList(21, inSecond.size())) {
                assertThatThrownBy(() -> reader.read(place)).isInstanceOfSatisfying(StoreDamagedException.class,
                        e -> assertThat(e.place()).isEqualTo(SegmentName.of(2)));
            }
            for (long place : places) {
                if (Place.segment(place) != 2) {
                    reader.seek(place);
                }
            }
        }
    }

    @Test
    void aBitThatIsTurnedWhileTheFileIsMapped() throws IOException {
        try (FileJournal journal = FileJournal.open(RealDisk.at(directory), SMALL);
                RecordReader reader = journal.reader()) {
            List<Long> places = write(journal, 2_000);
            readSome(reader, places, OFTEN);
            long place = places.get(700);
            turnBit(place);

            assertThatThrownBy(() -> reader.read(place)).isInstanceOfSatisfying(StoreDamagedException.class, e -> {
                assertThat(e.place()).isEqualTo(SegmentName.of(Place.segment(place)));
                assertThat(e.offset()).isEqualTo(Place.offset(place));
            });
            turnBit(place);
            try (RecordReader another = journal.reader()) {
                assertThat(another.read(place)).isEqualTo(ByteBuffer.wrap(payload(700)));
            }
        }
    }

    @Test
    void whoReadsWhileTheJournalIsClosedHearsThatItIs() throws Exception {
        for (int round = 0; round < 20; round++) {
            FileJournal journal = FileJournal.open(RealDisk.at(directory.resolve("store" + round)), SMALL);
            List<Long> places = write(journal, 500);
            CountDownLatch reading = new CountDownLatch(3);
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(CompletableFuture.runAsync(() -> {
                    RecordReader reader = journal.reader();
                    assertThatThrownBy(() -> {
                        readSome(reader, places, 100);
                        reading.countDown();
                        readSome(reader, places, Integer.MAX_VALUE);
                    }).isInstanceOf(StoreClosedException.class);
                }, task -> Thread.ofPlatform().start(task)));
            }
            reading.await();

            journal.close();

            readers.forEach(CompletableFuture::join);
        }
    }

    @Test
    void aMapThatIsClosedIsAClosedFile() throws IOException {
        try (DiskFile file = RealDisk.at(directory).open("f", Disk.Access.CREATE)) {
            file.write(0, new byte[100], 0, 100);
            MappedSegment mapped = new MappedSegment(file, 100);
            assertThat(mapped.read(0, new byte[100], 100)).isTrue();
            assertThat(mapped.read(1, new byte[100], 100)).isFalse();

            mapped.close();

            assertThat(mapped.read(0, new byte[100], 100)).isFalse();
        }
    }

    @Test
    void whereNothingCanBeMappedTheFileIsRead() throws IOException {
        AtomicInteger refused = new AtomicInteger();
        Disk disk = InterceptedDisk.of(RealDisk.at(directory), operation -> {
            if (operation.name().equals("view")) {
                refused.incrementAndGet();
                throw new IOException("no more maps");
            }
            return operation.proceed();
        });
        try (FileJournal journal = FileJournal.open(disk, SMALL); RecordReader reader = journal.reader()) {
            List<Long> places = write(journal, 2_000);

            readSome(reader, places, 1_000);

            assertThat(refused).as("asked once for each file").hasValue(journal.stats().segments());
        }
    }

    private static List<Long> write(FileJournal journal, int count) throws IOException {
        List<Long> places = new ArrayList<>();
        while (places.size() < count) {
            BlockDraft draft = journal.draft(10, 10 * 320);
            for (int i = 0; i < 10 && places.size() < count; i++) {
                byte[] payload = payload(places.size());
                places.add(draft.add(RecordKind.EVENT, payload, 0, payload.length));
            }
            journal.append(draft);
        }
        return places;
    }

    private static byte[] payload(int number) {
        byte[] payload = new byte[320];
        new SplittableRandom(number).nextBytes(payload);
        return payload;
    }

    private static void readSome(RecordReader reader, List<Long> places, int count) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(places.size());
            assertThat(reader.read(places.get(number))).isEqualTo(ByteBuffer.wrap(payload(number)));
        }
    }

    private void cut(String file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(file), StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private void turnBit(long place) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(SegmentName.of(Place.segment(place))),
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, Place.offset(place) + 100);
            one.put(0, (byte) (one.get(0) ^ 1)).flip();
            channel.write(one, Place.offset(place) + 100);
        }
    }
}
