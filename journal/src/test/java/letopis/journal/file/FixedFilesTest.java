package letopis.journal.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The small files of a store: what is written is read, and numbers that cannot be are not believed, whatever their checksum. */
class FixedFilesTest {
    private static final UUID STORE = new UUID(1, 2);
    private static final UUID OTHER = new UUID(1, 3);

    private final RecordingDisk disk = new RecordingDisk();

    private void put(String name, byte[] bytes) throws IOException {
        disk.delete(name);
        try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
        }
    }

    private static byte[] withInt(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        LittleEndian.putInt(changed, at, value);
        return FixedFile.seal(changed);
    }

    @ParameterizedTest
    @CsvSource({"512, 2048, 2048", "65536, 262144, 1073741824", "4096, 16384, 20480"})
    void aSuperblockThatIsPossibleIsRead(int alignment, int first, int max) throws IOException {
        Superblock written = new Superblock(STORE, 77, alignment, first, max);
        put(Superblock.FILE, written.encode());
        assertThat(Superblock.read(disk)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"0, 2048, 2048, 12", "256, 2048, 2048, 12", "768, 3072, 3072, 12", "131072, 524288, 524288, 12",
            "-2147483648, 2048, 2048, 12", "512, 1536, 2048, 40", "512, 2049, 4096, 40", "512, 0, 4096, 40",
            "512, 4096, 2048, 44", "512, 4096, 4608, 0", "512, 4096, 4700, 44"})
    void aSuperblockThatCannotBeIsDamaged(int alignment, int first, int max, long offset) throws IOException {
        put(Superblock.FILE, new Superblock(STORE, 77, alignment, first, max).encode());
        if (offset == 0) {
            assertThat(Superblock.read(disk).maxSegmentBytes()).isEqualTo(max);
            return;
        }
        assertThatThrownBy(() -> Superblock.read(disk)).isInstanceOfSatisfying(StoreDamagedException.class,
                e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void aSuperblockOfAnotherLengthIsDamaged() throws IOException {
        byte[] right = new Superblock(STORE, 77, 512, 2048, 2048).encode();
        byte[] longer = Arrays.copyOf(right, 68);
        CRC32C crc = new CRC32C();
        crc.update(longer, 0, 64);
        LittleEndian.putInt(longer, 64, (int) crc.getValue());
        put(Superblock.FILE, longer);
        assertThatThrownBy(() -> Superblock.read(disk)).isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("should end here");
        put(Superblock.FILE, Arrays.copyOf(right, 63));
        assertThatThrownBy(() -> Superblock.read(disk)).isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("the file ends here");
        disk.delete(Superblock.FILE);
        assertThatThrownBy(() -> Superblock.read(disk)).hasMessageContaining("missing");
    }

    @Test
    void segmentsDoubleUpToTheLargest() {
        Superblock superblock = new Superblock(STORE, 0, 512, 2048, 10_240);
        assertThat(List.of(1, 2, 3, 4, 5, 99_999_999)).map(superblock::segmentBytes)
                .containsExactly(2048L, 4096L, 8192L, 10_240L, 10_240L, 10_240L);
    }

    @Test
    void aPublicationMarkerIsReadIfItIsOneOfThisStore() {
        for (Publication.State state : Publication.State.values()) {
            for (JournalEnd end : List.of(new JournalEnd(1, 0, 0, 0), new JournalEnd(SegmentName.MAX, 5, 6, 7))) {
                Publication written = new Publication(end, state);
                byte[] bytes = written.encode(STORE);
                assertThat(Publication.decode(bytes, STORE)).contains(written);
                assertThat(Publication.decode(bytes, OTHER)).isEmpty();
                assertThat(Publication.decode(withInt(bytes, 8, 2), STORE)).as("another version").isEmpty();
                assertThat(Publication.decode(withInt(bytes, 0, 7), STORE)).as("another magic").isEmpty();
                for (int at : new int[]{32, 36, 44, 52}) {
                    assertThat(Publication.decode(withInt(bytes, at, -1), STORE)).as("negative at %s", at).isEmpty();
                }
                assertThat(Publication.decode(withInt(bytes, 32, 0), STORE)).isEmpty();
                assertThat(Publication.decode(withInt(bytes, 32, SegmentName.MAX + 1), STORE)).isEmpty();
                bytes[40]++;
                assertThat(Publication.decode(bytes, STORE)).as("another checksum").isEmpty();
            }
            assertThat(new Publication(new JournalEnd(1, 0, 0, 0), state).closed())
                    .isEqualTo(state == Publication.State.CLOSED);
            assertThat(new Publication(new JournalEnd(1, 0, 0, 0), state).failed())
                    .isEqualTo(state == Publication.State.FAILED);
        }
    }

    @Test
    void theNewestThatWasForcedCounts() throws IOException {
        assertThat(ForcedFile.read(disk, STORE)).isEmpty();
        try (ForcedFile file = ForcedFile.open(disk, STORE, new Forced(0, 1))) {
            assertThat(ForcedFile.read(disk, STORE)).contains(new Forced(0, 1));
            for (int i = 1; i < 5; i++) {
                file.write(new Forced(i, i));
                assertThat(ForcedFile.read(disk, STORE)).contains(new Forced(i, i));
            }
        }
        assertThat(ForcedFile.read(disk, OTHER)).isEmpty();
        // What is opened with something newer says it; with something older it says what it said.
        ForcedFile.open(disk, STORE, new Forced(9, SegmentName.MAX)).close();
        assertThat(ForcedFile.read(disk, STORE)).contains(new Forced(9, SegmentName.MAX));
        ForcedFile.open(disk, STORE, new Forced(7, 7)).close();
        assertThat(ForcedFile.read(disk, STORE)).contains(new Forced(9, SegmentName.MAX));
        // The slot before is never the one that is written over.
        try (ForcedFile file = ForcedFile.open(disk, STORE, new Forced(9, SegmentName.MAX))) {
            file.write(new Forced(10, 3));
        }
        try (DiskFile file = disk.open(ForcedFile.FILE, Disk.Access.READ)) {
            byte[] both = new byte[ForcedFile.SLOT_BYTES + FixedFile.BYTES];
            file.read(0, both, 0, both.length);
            assertThat(List.of(LittleEndian.getLong(both, 32), LittleEndian.getLong(both, ForcedFile.SLOT_BYTES + 32)))
                    .containsExactlyInAnyOrder(9L, 10L);
        }
        ForcedFile.remove(disk);
        ForcedFile.remove(disk);
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void aBlockThatCannotHaveBeenForcedIsNotBelieved() throws IOException {
        ForcedFile.open(disk, STORE, new Forced(4, 2)).close();
        byte[] right = new byte[FixedFile.BYTES];
        try (DiskFile file = disk.open(ForcedFile.FILE, Disk.Access.READ)) {
            file.read(0, right, 0, right.length);
        }
        for (byte[] wrong : List.of(withInt(right, 36, -1), withInt(right, 40, 0), withInt(right, 40, -1),
                withInt(right, 40, SegmentName.MAX + 1), withInt(right, 8, 2), withInt(right, 4, 0))) {
            put(ForcedFile.FILE, wrong);
            assertThat(ForcedFile.read(disk, STORE)).isEmpty();
        }
        put(ForcedFile.FILE, right);
        assertThat(ForcedFile.read(disk, STORE)).contains(new Forced(4, 2));
    }

    @Test
    void theCatalogOfABackupIsReadIfItIsIntact() throws IOException {
        assertThat(BackupCatalog.read(disk)).isEmpty();
        for (boolean complete : new boolean[]{false, true}) {
            BackupCatalog written = new BackupCatalog(STORE, new JournalEnd(3, 4, 5, 6), complete);
            written.write(disk);
            assertThat(BackupCatalog.read(disk)).contains(written);
        }
        byte[] right = new byte[FixedFile.BYTES];
        try (DiskFile file = disk.open(BackupCatalog.FILE, Disk.Access.READ)) {
            file.read(0, right, 0, right.length);
        }
        byte[] torn = right.clone();
        torn[40]++;
        for (byte[] wrong : List.of(torn, withInt(right, 0, 0), withInt(right, 8, 2))) {
            put(BackupCatalog.FILE, wrong);
            assertThat(BackupCatalog.read(disk)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000001", "0000001.segment", "000000001.segment", "0000000/.segment",
            "0000000:.segment", "00000001.segmenT", "00000001.packed.", "abcdefgh.packed", "00000001.segment.new"})
    void whatIsNotTheNameOfASegmentIsNone(String name) {
        assertThat(SegmentName.number(name)).isZero();
        assertThat(SegmentName.packedNumber(name)).isZero();
    }

    @Test
    void segmentsHaveNamesOfEightDigits() {
        for (int number : new int[]{1, 9, 10, 12_345_678, SegmentName.MAX}) {
            assertThat(SegmentName.number(SegmentName.of(number))).isEqualTo(number);
            assertThat(SegmentName.number(SegmentName.packed(number))).isEqualTo(number);
            assertThat(SegmentName.packedNumber(SegmentName.packed(number))).isEqualTo(number);
            assertThat(SegmentName.packedNumber(SegmentName.of(number))).isZero();
            assertThat(SegmentName.of(number)).matches("[0-9]{8}\\.segment");
        }
    }
}
