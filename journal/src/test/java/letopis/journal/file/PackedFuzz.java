package letopis.journal.file;

import java.io.IOException;
import java.util.List;
import java.util.zip.DataFormatException;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;

/**
 * A fuzz target: takes bytes as what is stored of a chunk, and as a list of changes to packed segments and to
 * {@code letopis.forced}, after which all checksums are made right again, so that what is behind them is reached. Whatever comes
 * of it, a chunk is unpacked or refused, and a store is opened, read and verified with an answer that a user can understand.
 * Found by Jazzer by the name of its method.
 */
public final class PackedFuzz {
    private static final int MAX_STEPS = 16;
    private static final List<String> CHANGED = List.of("00000001.packed", "00000002.packed", "00000003.packed",
            ForcedFile.FILE);
    private static final long[] INTERESTING = {0, 1, 2, 3, 4, 63, 64, 65, 512, 4096, 32_767, 32_768, 32_769, 65_536,
            65_600,
            -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE,
            Long.MIN_VALUE, Long.MAX_VALUE - 40};
    /** Of a packed segment's header, and of a slot of {@code letopis.forced}. */
    private static final int[] FIELDS = {0, 8, 12, 16, 24, 32, 40, 44, 48, 52};
    private static final RecordingDisk TEMPLATE = template();

    private PackedFuzz() {}

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        for (int form = 0; form <= 4; form++) {
            unpack(form, data);
        }
        try {
            RecordingDisk disk = StoreFuzz.copy(TEMPLATE);
            StoreFuzz.Input input = new StoreFuzz.Input(data);
            for (int step = 0; step < MAX_STEPS && input.hasMore(); step++) {
                change(disk, input);
            }
            StoreFuzz.use(disk);
        } catch (IOException e) {
            throw new AssertionError("no error of the disk was planted", e);
        }
    }

    private static void unpack(int form, byte[] data) {
        int length = 1 + data.length * 7 % PackedFormat.CHUNK_BYTES;
        try {
            byte[] unpacked = PackedChunk.unpack(form, data, length);
            if (unpacked.length != length) {
                throw new AssertionError(
                        "form " + form + " was unpacked to " + unpacked.length + " bytes, not " + length);
            }
        } catch (DataFormatException e) {
            // That is an answer.
        }
    }

    private static void change(RecordingDisk disk, StoreFuzz.Input input) throws IOException {
        String file = CHANGED.get(input.next(CHANGED.size()));
        byte[] content = PackedStore.content(disk, file);
        boolean forced = file.equals(ForcedFile.FILE);
        int directory = forced ? 0 : content.length - PackedFormat.DIRECTORY_CRC_BYTES - entries(content);
        switch (input.next(4)) {
            case 0 ->
                put(content, (forced ? input.next(2) * ForcedFile.SLOT_BYTES : 0) + FIELDS[input.next(FIELDS.length)],
                        INTERESTING[input.next(INTERESTING.length)], input.next(2) == 0);
            case 1 ->
                put(content, Math.max(0, directory) + 4 * input.next(8), INTERESTING[input.next(INTERESTING.length)],
                        true);
            case 2 -> content[input.next(content.length)] = (byte) input.next(256);
            default ->
                content[directory > 64 ? 64 + input.next(Math.min(256, directory - 64)) : input.next(64)] = (byte) input
                        .next(256);
        }
        mend(file, content);
        try (DiskFile opened = disk.open(file, Disk.Access.WRITE)) {
            opened.write(0, content, 0, content.length);
        }
    }

    private static int entries(byte[] content) {
        return content.length > ForcedFile.SLOT_BYTES / 4 ? 4 * PackedFormat.ENTRY_BYTES : PackedFormat.ENTRY_BYTES;
    }

    private static void put(byte[] content, int at, long number, boolean four) {
        if (at + (four ? 4 : 8) > content.length) {
            return;
        }
        if (four) {
            LittleEndian.putInt(content, at, (int) number);
        } else {
            LittleEndian.putLong(content, at, number);
        }
    }

    /** Makes all checksums right, of the chunks and the directory where the header says they are. */
    private static void mend(String file, byte[] content) {
        FixedFile.seal(content);
        if (file.equals(ForcedFile.FILE)) {
            byte[] slot = new byte[FixedFile.BYTES];
            System.arraycopy(content, ForcedFile.SLOT_BYTES, slot, 0, slot.length);
            System.arraycopy(FixedFile.seal(slot), 0, content, ForcedFile.SLOT_BYTES, slot.length);
            return;
        }
        int segment = SegmentName.packedNumber(file);
        PlaceChecksum checksum = new PlaceChecksum(FormatExample.STORE_ID, PlantedBug.NONE);
        int directory = content.length - PackedFormat.DIRECTORY_CRC_BYTES - entries(content);
        int at = FixedFile.BYTES;
        for (int entry = directory; entry < content.length
                - PackedFormat.ENTRY_BYTES; entry += PackedFormat.ENTRY_BYTES) {
            int stored = LittleEndian.getInt(content, entry);
            if (stored < 0 || stored > directory - at) {
                break;
            }
            long logical = (long) (entry - directory) / PackedFormat.ENTRY_BYTES * PackedFormat.CHUNK_BYTES;
            LittleEndian.putInt(content, entry + 8, checksum.of(segment, logical, content, at, stored));
            at += stored;
        }
        LittleEndian.putInt(content, content.length - PackedFormat.DIRECTORY_CRC_BYTES,
                checksum.of(segment, directory, content, directory, entries(content)));
    }

    private static RecordingDisk template() {
        try {
            return KeptForms.kept();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
