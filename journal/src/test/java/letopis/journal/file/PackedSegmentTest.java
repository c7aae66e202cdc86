package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.SegmentRewrite;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FailingDisk;
import letopis.journal.disk.FailingDisk.Failure;
import letopis.journal.disk.FailingDisk.Operation;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RealDisk;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PackedSegmentTest {
    private static final JournalOptions TINY = PackedStore.TINY;

    private final RecordingDisk disk = new RecordingDisk();

    @ParameterizedTest
    @EnumSource
    void aChunkIsGivenBackAsItWas(Compression compression) throws DataFormatException {
        Random random = new Random(1);
        Deflater deflater = compression == Compression.NONE ? null : new Deflater(1, true);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(round % 10 == 0 ? 32 << 10 : 300)];
            for (int at = 0; at < bytes.length;) {
                int run = Math.min(bytes.length - at, 1 + random.nextInt(40));
                if (random.nextBoolean()) {
                    byte value = (byte) random.nextInt(round % 3 == 0 ? 256 : 4);
                    Arrays.fill(bytes, at, at + run, value);
                }
                at += run;
            }
            PackedChunk chunk = PackedChunk.of(bytes, bytes.length, deflater);
            byte[] stored = Arrays.copyOf(chunk.stored(), chunk.storedBytes());
            assertThat(stored.length).isLessThanOrEqualTo(bytes.length);
            assertThat(PackedChunk.unpack(chunk.form(), stored, bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void nonsenseIsNoChunk() {
        Random random = new Random(2);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(PackedChunk.unpack(random.nextInt(6), bytes, 50)).hasSize(50);
            } catch (DataFormatException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPackedLogIsTheSameLog(Compression compression) throws IOException {
        try (FileJournal journal = FileJournal.open(disk, TINY.withCompression(compression))) {
            PackedStore.append(journal, 60);
            for (int number = 1; number <= journal.sealedSegments(); number++) {
                SegmentRewrite rewrite = journal.pack(number);
                assertThat(rewrite.bytesAfter()).isLessThanOrEqualTo(rewrite.bytesBefore());
            }
            assertThatThrownBy(() -> journal.pack(journal.sealedSegments() + 1))
                    .isInstanceOf(IllegalArgumentException.class);
            PackedStore.check(journal, 180, _ -> false, _ -> false);
            assertThat(disk.list().stream().filter(name -> name.endsWith(".packed"))).hasSize(journal.sealedSegments());
            assertThat(journal.stats().allocatedBytes())
                    .isEqualTo(
                            disk.list().stream().filter(it -> SegmentName.number(it) > 0).mapToLong(this::size).sum());
            PackedStore.append(journal, 10);
        }
        assertThat(faults(disk)).isEmpty();
        try (FileJournal reader = FileJournal.openReadOnly(disk)) {
            PackedStore.check(reader, 210, _ -> false, _ -> false);
        }
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            PackedStore.check(journal, 210, _ -> false, _ -> false);
        }
    }

    @Test
    void fullSegmentsArePackedInTheBackground(@TempDir Path directory) throws Exception {
        RealDisk real = RealDisk.at(directory);
        try (FileJournal journal = FileJournal.open(real, JournalOptions.DEFAULT.withSegmentBytes(64 << 10, 64 << 10)
                .withCompression(Compression.DEFLATE))) {
            PackedStore.append(journal, 400);
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (real.list().stream().filter(it -> it.endsWith(".packed")).count() < journal.sealedSegments()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
                PackedStore.append(journal, 1);
            }
            PackedStore.check(journal, journal.lastPosition(), _ -> false, _ -> false);
        }
        assertThat(faults(real)).isEmpty();
    }

    @Test
    void erasedEventsAreInNoFileAndTheOthersStay() throws IOException {
        long erased = 0;
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            PackedStore.append(journal, 60);
            journal.sealSegment();
            PackedStore.append(journal, 1);
            for (int round : new int[]{3, 2}) {
                for (int number = 1; number <= journal.sealedSegments(); number++) {
                    SegmentRewrite rewrite = journal.erase(number, PackedStore.eraser(it -> it % round == 0));
                    erased += rewrite.erased();
                    assertThat(journal.erase(number, PackedStore.eraser(it -> it % round == 0)).erased()).isZero();
                }
            }
        }
        assertThat(erased).isEqualTo(120);
        for (long position = 1; position <= 180; position++) {
            boolean gone = position % 3 == 0 || position % 2 == 0;
            assertThat(PackedStore.filesWith(disk, position).isEmpty()).as("%d", position).isEqualTo(gone);
        }
        assertThat(faults(disk)).isEmpty();
        try (FileJournal journal = FileJournal.open(disk, TINY)) {
            List<Long> there = PackedStore.check(journal, 183, it -> it <= 180, it -> it <= 180 && it % 6 == 0);
            assertThat(there).hasSize(120);
        }
    }

    @Test
    void everyFlippedBitOfAPackedSegmentIsFound() throws IOException {
        for (Compression compression : Compression.values()) {
            RecordingDisk store = packed(compression);
            String name = SegmentName.packed(1);
            int bytes = PackedStore.content(store, name).length;
            for (int bit = 0; bit < bytes * 8; bit++) {
                RecordingDisk damaged = copy(store);
                flip(damaged, name, bit);
                List<JournalFault> faults = faults(damaged);
                assertThat(faults).as("bit %d of %s", bit, name).isNotEmpty();
                assertThat(faults.getFirst().file()).isEqualTo(name);
                assertThat(faults.getFirst().offset()).isLessThanOrEqualTo(bit / 8);
                assertThatThrownBy(() -> FileJournal.open(damaged, TINY)).isInstanceOf(StoreDamagedException.class);
            }
        }
    }

    @Test
    void aPackedSegmentThatIsCutOrLongerIsFound() throws IOException {
        RecordingDisk store = packed(Compression.DEFLATE);
        String name = SegmentName.packed(1);
        int bytes = PackedStore.content(store, name).length;
        for (int size = 0; size < bytes; size++) {
            RecordingDisk damaged = copy(store);
            try (DiskFile file = damaged.open(name, Disk.Access.WRITE)) {
                file.truncate(size);
            }
            assertThat(faults(damaged)).as("cut at %d", size).isNotEmpty();
            assertThatThrownBy(() -> FileJournal.open(damaged, TINY)).isInstanceOf(StoreDamagedException.class);
        }
        RecordingDisk longer = copy(store);
        try (DiskFile file = longer.open(name, Disk.Access.WRITE)) {
            file.write(bytes, new byte[1], 0, 1);
        }
        assertThatThrownBy(() -> FileJournal.open(longer, TINY)).isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining(name);
        RecordingDisk exchanged = copy(store);
        exchanged.delete(name);
        exchanged.rename(SegmentName.packed(2), name);
        assertThatThrownBy(() -> FileJournal.open(exchanged, TINY)).isInstanceOf(StoreDamagedException.class);
    }

    /** Readers go on while all segments are replaced again and again under them. */
    @Test
    void readersGoOnWhileSegmentsAreReplaced(@TempDir Path directory) throws Exception {
        JournalOptions options = JournalOptions.DEFAULT.withSegmentBytes(64 << 10, 64 << 10);
        try (FileJournal journal = FileJournal.open(RealDisk.at(directory), options)) {
            List<Long> places = new ArrayList<>();
            while (places.size() < 3000) {
                BlockDraft draft = journal.draft(20, 20 * 100);
                for (int i = 0; i < 20; i++) {
                    byte[] payload = PackedStore.payload(places.size() + 1L);
                    places.add(draft.add(RecordKind.EVENT, payload, 0, payload.length));
                }
                journal.append(draft);
            }
            AtomicBoolean done = new AtomicBoolean();
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            List<Thread> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                int seed = reader;
                readers.add(Thread.ofPlatform().start(() -> {
                    try (RecordReader handle = journal.reader()) {
                        Random random = new Random(seed);
                        while (!done.get()) {
                            int position = 1 + random.nextInt(3000);
                            if (position % 5 != 0) {
                                assertThat(handle.read(places.get(position - 1)))
                                        .isEqualTo(ByteBuffer.wrap(PackedStore.payload(position)));
                            }
                        }
                    } catch (IOException | RuntimeException | Error e) {
                        failures.add(e);
                    }
                }));
            }
            for (int number = 1; number <= journal.sealedSegments(); number++) {
                journal.pack(number);
                PackedStore.append(journal, 1);
            }
            for (int divisor : new int[]{10, 5}) {
                for (int number = 1; number <= journal.sealedSegments(); number++) {
                    journal.erase(number, PackedStore.eraser(it -> it <= 3000 && it % divisor == 0));
                }
            }
            done.set(true);
            for (Thread thread : readers) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
    }

    /** Whatever fails while a segment is replaced: the log is as it was or as it should be, in this opening and the next. */
    @ParameterizedTest
    @EnumSource(names = {"LOCK", "TRUNCATE"}, mode = EnumSource.Mode.EXCLUDE)
    void anyOperationMayFailWhileASegmentIsReplaced(Operation operation) throws IOException {
        for (Failure failure : Failure.values()) {
            for (long nth = 1;; nth++) {
                RecordingDisk machine = new RecordingDisk();
                FailingDisk failing = new FailingDisk(machine);
                boolean failed;
                try (FileJournal journal = FileJournal.open(failing, TINY)) {
                    PackedStore.append(journal, 10);
                    failing.fail(operation, failing.count(operation) + nth, false, failure);
                    try {
                        journal.erase(1, PackedStore.eraser(it -> it % 2 == 0));
                    } catch (IOException e) {
                        assertThat(failing.failures()).as("%s", e).isPositive();
                    }
                    failed = failing.failures() > 0;
                    failing.heal();
                    PackedStore.check(journal, 30, it -> it % 2 == 0, _ -> false);
                    try {
                        PackedStore.append(journal, 1);
                    } catch (IOException e) {
                        assertThat(operation).isEqualTo(Operation.FORCE_DIRECTORY);
                    }
                }
                machine.endProcess();
                try (FileJournal journal = FileJournal.open(machine, TINY)) {
                    PackedStore.check(journal, journal.lastPosition(), it -> it % 2 == 0, _ -> false);
                    assertThat(journal.lastPosition()).isGreaterThanOrEqualTo(30);
                    assertThat(machine.list()).noneMatch(name -> name.endsWith(".new"));
                }
                if (!failed) {
                    break;
                }
            }
        }
    }

    private long size(String name) {
        try {
            return PackedStore.content(disk, name).length;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RecordingDisk packed(Compression compression) throws IOException {
        RecordingDisk store = new RecordingDisk();
        try (FileJournal journal = FileJournal.open(store, TINY.withCompression(compression))) {
            PackedStore.append(journal, 12);
            journal.pack(1);
            journal.pack(2);
        }
        return store;
    }

    private static RecordingDisk copy(RecordingDisk disk) {
        PowerCut cut = disk.powerCut();
        int[] ways = new int[cut.units()];
        Arrays.fill(ways, 1);
        for (int unit = 0; unit < ways.length; unit++) {
            ways[unit] = Math.min(1, cut.ways(unit) - 1);
        }
        return cut.state(ways);
    }

    private static void flip(Disk disk, String name, int bit) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.WRITE)) {
            byte[] one = new byte[1];
            file.read(bit / 8, one, 0, 1);
            one[0] ^= (byte) (1 << bit % 8);
            file.write(bit / 8, one, 0, 1);
        }
    }

    private static List<JournalFault> faults(Disk disk) throws IOException {
        List<JournalFault> faults = new ArrayList<>();
        JournalVerification.run(disk, (_, _) -> {}, faults::add);
        return faults;
    }
}
