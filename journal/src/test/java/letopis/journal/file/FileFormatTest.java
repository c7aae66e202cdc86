package letopis.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page on the file format says what the code writes, and says enough to read it. */
class FileFormatTest {
    private static final FormatPage PAGE = FormatPage.read();
    private static final String SEGMENT = "00000001.segment";

    @Test
    void theExampleOfThePageIsWhatTheCodeWrites() {
        assertThat(PAGE.examples().keySet()).containsExactly("letopis.store", SEGMENT, "letopis.published");
        PAGE.examples()
                .forEach((file, dump) -> assertThat(dump).as(file)
                        .isEqualTo(FormatExample.dump(FormatExample.file(file))));
    }

    @Test
    void everyRowOfThePagesTablesIsTrueOfTheExample() {
        int rows = 0;
        for (FormatPage.Table table : PAGE.tables()) {
            byte[] file = FormatExample.file(table.file());
            int next = 0;
            for (FormatPage.Row row : table.rows()) {
                assertThat(row.offset()).as("%s: %s", table.file(), row).isEqualTo(next);
                assertThat(row.inWords(row.bytes(file, table.offset()))).as("%s: %s", table.file(), row)
                        .isEqualTo(row.value());
                next += row.size();
                rows++;
            }
        }
        assertThat(rows).isEqualTo(45);
    }

    @Test
    void aReaderThatKnowsThePageAloneFindsTheRecords() {
        byte[] store = FormatExample.file("letopis.store");
        byte[] segment = FormatExample.file(SEGMENT);
        FormatPage.Table superblock = PAGE.table("letopis.store", 0);
        FormatPage.Table header = PAGE.table(SEGMENT, 0);
        FormatPage.Table block = PAGE.table(SEGMENT, 512);
        FormatPage.Table mark = PAGE.table(SEGMENT, 1008);
        byte[] storeId = superblock.bytes(store, 0, "store id");
        assertThat(superblock.number(store, 0, "checksum")).isEqualTo(crc(Arrays.copyOf(store, 60)));
        assertThat(header.number(segment, 0, "checksum")).isEqualTo(crc(Arrays.copyOf(segment, 60)));

        List<String> records = new ArrayList<>();
        int at = (int) superblock.number(store, 0, "alignment");
        for (long number = 1; segment[at] != 0; number++) {
            int bytes = (int) block.number(segment, at, "bytes of the whole block");
            byte[] place = place(storeId, header.number(segment, 0, "number of the segment"), at);
            assertThat(block.number(segment, at, "number of the block")).isEqualTo(number);
            assertThat(block.number(segment, at, "header checksum"))
                    .isEqualTo(crc(place, Arrays.copyOfRange(segment, at, at + 44)));
            assertThat(mark.number(segment, at + bytes - 16, "block checksum"))
                    .isEqualTo(crc(place, Arrays.copyOfRange(segment, at, at + bytes - 4)));
            int end = at + 48 + (int) block.number(segment, at, "record bytes");
            for (int record = at + 48; record < end;) {
                record = read(segment, record, storeId, records);
            }
            at += bytes;
        }

        assertThat(records).containsExactly("1 an event", "2 what to forget");
        assertThat(PAGE.table("letopis.published", 0)
                .number(FormatExample.file("letopis.published"), 0,
                        "offset of the first byte behind"))
                .isEqualTo(at);
        assertThat(crc("123456789".getBytes(StandardCharsets.UTF_8))).isEqualTo(0xE306_9283L);
    }

    private static int read(byte[] segment, int at, byte[] storeId, List<String> records) {
        FormatPage.Table record = PAGE.table(SEGMENT, 560);
        int length = (int) record.number(segment, at, "length of the payload");
        assertThat(record.number(segment, at, "checksum")).isEqualTo(crc(place(storeId, 1, at),
                Arrays.copyOfRange(segment, at, at + 4), Arrays.copyOfRange(segment, at + 8, at + 9 + length)));
        records.add(record.number(segment, at, "kind") + " "
                + new String(segment, at + 9, length, StandardCharsets.UTF_8));
        return at + 9 + length;
    }

    /** A store of this version was kept when the version was made; it is read for as long as the format lives. */
    @Test
    void theKeptStoreOfVersionOneIsRead() throws IOException {
        RecordingDisk disk = new RecordingDisk();
        for (String name : List.of("letopis.store", "letopis.published", SEGMENT, "00000002.segment",
                "00000003.segment", "00000004.segment")) {
            try (InputStream kept = FileFormatTest.class.getResourceAsStream("/format-1/" + name);
                    DiskFile file = disk.open(name, Disk.Access.CREATE)) {
                byte[] content = Objects.requireNonNull(kept, name).readAllBytes();
                file.write(0, content, 0, content.length);
            }
        }
        List<JournalFault> faults = new ArrayList<>();
        VerificationReport report = JournalVerification.run(disk, (done, total) -> {}, faults::add);
        assertThat(faults).isEmpty();
        assertThat(report.blocks()).isEqualTo(KeptStore.log().acknowledged().size());
        try (FileJournal journal = FileJournal.openReadOnly(disk)) {
            KeptStore.log().check(journal);
        }
        try (FileJournal journal = FileJournal.open(disk, JournalOptions.DEFAULT.withCreate(false))) {
            assertThat(journal.storeId()).isEqualTo(FormatExample.STORE_ID);
            WrittenLog log = KeptStore.log().check(journal);
            WrittenBlock more = WrittenBlock.of(RecordKind.EVENT, new byte[5000]);
            CrashStateCheck.append(journal, more);
            log.with(more).check(journal);
        }
    }

    private static byte[] place(byte[] storeId, long segment, long offset) {
        return ByteBuffer.allocate(28)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(storeId)
                .putInt((int) segment)
                .putLong(offset)
                .array();
    }

    private static long crc(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        CRC32C crc = new CRC32C();
        crc.update(all.toByteArray());
        return crc.getValue();
    }
}
