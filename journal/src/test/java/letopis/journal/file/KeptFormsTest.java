package letopis.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The forms of files that a store takes on with time are read for as long as the format lives, and are written as they were. */
class KeptFormsTest {
    private static final int DEFLATED = 2;

    @Test
    void theKeptFormsAreRead() throws IOException {
        RecordingDisk disk = KeptForms.kept();
        List<JournalFault> faults = new ArrayList<>();
        JournalVerification.run(disk, (done, total) -> {}, faults::add);
        assertThat(faults).isEmpty();
        try (FileJournal journal = FileJournal.openReadOnly(disk)) {
            KeptForms.log().check(journal);
        }
        assertThat(ForcedFile.read(disk, FormatExample.STORE_ID)).as("the newer of the slots, and where its block ends")
                .contains(new Forced(7, 4));
        try (FileJournal journal = FileJournal.open(disk, JournalOptions.DEFAULT.withCreate(false))) {
            WrittenLog log = KeptForms.log().forced().check(journal);
            WrittenBlock more = WrittenBlock.of(RecordKind.EVENT, new byte[5000]);
            CrashStateCheck.append(journal, more);
            log.with(more).check(journal);
        }
        assertThat(disk.list()).as("all is forced now").doesNotContain(ForcedFile.FILE);
    }

    /** The slot that was written last is torn: the other one counts, and the last block is one that nobody was told of for good. */
    @Test
    void theOtherSlotOfTheKeptMarkCounts() throws IOException {
        RecordingDisk disk = KeptForms.kept();
        byte[] torn = KeptForms.kept(ForcedFile.FILE);
        torn[ForcedFile.SLOT_BYTES + 33]++;
        try (var file = disk.open(ForcedFile.FILE, Disk.Access.WRITE)) {
            file.write(0, torn, 0, torn.length);
        }
        assertThat(ForcedFile.read(disk, FormatExample.STORE_ID)).contains(new Forced(6, 4));
    }

    /** All but what deflate makes of a chunk, which is the matter of the library of the JDK: another may find a shorter stream. */
    @Test
    void theFormsAreWrittenAsTheyWereKept() throws IOException {
        Map<String, byte[]> written = KeptForms.write(Compression.DEFLATE);
        assertThat(written.keySet()).containsExactlyElementsOf(KeptForms.FILES);
        for (String name : KeptForms.FILES) {
            byte[] kept = KeptForms.kept(name);
            byte[] now = Objects.requireNonNull(written.get(name));
            if (name.endsWith(".packed")) {
                assertThat(chunks(now)).as(name).isEqualTo(chunks(kept));
                assertThat(Arrays.copyOf(now, 40)).as("%s, header", name).isEqualTo(Arrays.copyOf(kept, 40));
            } else {
                assertThat(now).as(name).isEqualTo(kept);
            }
        }
        assertThat(written.get("00000003.packed")).as("a segment without a deflated chunk")
                .isEqualTo(KeptForms.kept("00000003.packed"));
    }

    @Test
    void everyFormOfAChunkIsKept() throws IOException {
        TreeSet<Integer> forms = new TreeSet<>();
        for (String name : KeptForms.FILES) {
            if (name.endsWith(".packed")) {
                chunks(KeptForms.kept(name)).forEach(it -> forms.add(it.form));
            }
        }
        assertThat(forms).containsExactly(0, 1, DEFLATED, 3);
    }

    /** Nothing of the code is used: the page on the format says enough. */
    @Test
    void aReaderThatKnowsThePageAloneUnpacksTheSegments() throws IOException {
        Map<String, byte[]> unpacked = KeptForms.write(Compression.NONE);
        for (int segment = 2; segment <= 3; segment++) {
            byte[] logical = join(
                    chunks(KeptForms.kept(SegmentName.packed(segment))).stream().map(it -> it.logical).toList());
            assertThat(logical).isEqualTo(unpacked.get(SegmentName.of(segment)));
        }
        byte[] first = join(chunks(KeptForms.kept("00000001.packed")).stream().map(it -> it.logical).toList());
        assertThat(first[512 + 48 + 8]).as("the kind of the erased event").isEqualTo((byte) 3);
        assertThat(Arrays.copyOfRange(first, 512 + 48 + 9, 512 + 48 + 9 + 6)).as("what is kept of it, and zeros")
                .isEqualTo(Arrays.copyOf(KeptForms.KEPT_OF_THE_ERASED, 6));
    }

    /** A chunk as the directory of its file says it is, and its logical bytes; what is stored counts where it is no deflate stream. */
    @SuppressWarnings("ArrayRecordComponent") // compared by what is in them
    private record Chunk(int form, byte[] stored, byte[] logical) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Chunk it && form == it.form && Arrays.equals(logical, it.logical)
                    && (form == DEFLATED || Arrays.equals(stored, it.stored));
        }

        @Override
        public int hashCode() {
            return 31 * form + Arrays.hashCode(logical);
        }
    }

    private static List<Chunk> chunks(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("LETOPACK");
        assertThat(in.getInt(8)).isEqualTo(1);
        assertThat(in.getInt(60)).isEqualTo(crc(Arrays.copyOf(file, 60)));
        int segment = in.getInt(12);
        long logicalBytes = in.getLong(32);
        int directory = (int) in.getLong(40);
        int chunkBytes = in.getInt(48);
        assertThat(chunkBytes).isEqualTo(32_768);
        int count = (int) Math.ceilDiv(logicalBytes, chunkBytes);
        assertThat(file).hasSize(directory + 12 * count + 4);
        assertThat(in.getInt(file.length - 4)).isEqualTo(
                crc(place(file, segment, directory), Arrays.copyOfRange(file, directory, file.length - 4)));
        List<Chunk> chunks = new ArrayList<>();
        int at = 64;
        for (int chunk = 0; chunk < count; chunk++) {
            int entry = directory + 12 * chunk;
            byte[] stored = Arrays.copyOfRange(file, at, at + in.getInt(entry));
            assertThat(in.getInt(entry + 8)).isEqualTo(crc(place(file, segment, (long) chunk * chunkBytes), stored));
            assertThat(in.getInt(entry + 4) >>> 8).isZero();
            int length = (int) Math.min(chunkBytes, logicalBytes - (long) chunk * chunkBytes);
            chunks.add(new Chunk(file[entry + 4], stored, unpack(file[entry + 4], stored, length)));
            at += stored.length;
        }
        assertThat(at).isEqualTo(directory);
        return chunks;
    }

    private static byte[] unpack(int form, byte[] stored, int length) {
        return switch (form) {
            case 0 -> new byte[length];
            case 1 -> stored;
            case DEFLATED -> inflate(stored, length);
            default -> byTurns(stored);
        };
    }

    private static byte[] inflate(byte[] stored, int length) {
        try (Inflater inflater = new Inflater(true)) {
            byte[] logical = new byte[length];
            inflater.setInput(stored);
            assertThat(inflater.inflate(logical)).isEqualTo(length);
            return logical;
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] byTurns(byte[] stored) {
        ByteArrayOutputStream logical = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(stored);
        while (in.hasRemaining()) {
            byte[] bytes = new byte[number(in)];
            in.get(bytes);
            logical.writeBytes(bytes);
            logical.writeBytes(new byte[number(in)]);
        }
        return logical.toByteArray();
    }

    private static int number(ByteBuffer in) {
        byte low = in.get();
        return low >= 0 ? low : (low & 0x7f) | (number(in) << 7);
    }

    private static byte[] place(byte[] file, int segment, long offset) {
        return ByteBuffer.allocate(28)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(file, 16, 16)
                .putInt(segment)
                .putLong(offset)
                .array();
    }

    private static int crc(byte[]... parts) {
        CRC32C crc = new CRC32C();
        crc.update(join(List.of(parts)));
        return (int) crc.getValue();
    }

    private static byte[] join(Collection<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
