package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;

/**
 * A fuzz target: takes bytes as a list of changes to the files of a small store, some of which make checksums right again, so
 * that what is behind a checksum is reached, too. Whatever comes of it, the store is opened, read and verified with an answer
 * that a user can understand, and never with an error of ours. Found by Jazzer by the name of its method.
 */
public final class StoreFuzz {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);
    private static final int[] INTERESTING = {0, 1, 2, 3, -1, 15, 47, 48, 64, 511, 512, 513, 1024, 2048, 4096, 65_536,
            131_072, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 511, 1 << 30, 0x4B42544C};
    /** Where the fields of superblock, segment headers, markers and blocks are. */
    private static final int[] FIELDS = {0, 4, 5, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 57};
    private static final RecordingDisk TEMPLATE = template();

    private StoreFuzz() {}

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            RecordingDisk disk = copy(TEMPLATE);
            change(disk, data);
            use(disk);
        } catch (IOException e) {
            throw new AssertionError("no error of the disk was planted", e);
        }
    }

    /** Opens, reads, goes on writing and verifies: each is done, or refused with a reason. */
    static void use(RecordingDisk disk) throws IOException {
        open(copy(disk), true);
        open(copy(disk), false);
        try {
            JournalVerification.run(disk, (done, total) -> {}, fault -> {});
        } catch (StoreUnusableException e) {
            // That is an answer.
        }
    }

    private static void open(RecordingDisk disk, boolean readOnly) throws IOException {
        try (FileJournal journal = readOnly
                ? FileJournal.openReadOnly(disk)
                : FileJournal.open(disk, TINY.withCreate(false))) {
            List<Long> places = new ArrayList<>();
            journal.replay(1, (block, kind, position, place, payload) -> places.add(place));
            try (RecordReader reader = journal.reader()) {
                for (long place : places) {
                    reader.read(place);
                }
            }
            if (!readOnly) {
                CrashStateCheck.append(journal, WrittenBlock.of(RecordKind.EVENT, new byte[100]));
            }
        } catch (StoreDamagedException | StoreUnusableException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }

    /** Makes the changes that the data asks for. */
    private static void change(RecordingDisk disk, byte[] data) throws IOException {
        Input input = new Input(data);
        while (input.hasMore()) {
            int what = input.next(7);
            List<String> files = disk.list();
            String file = files.get(input.next(files.size()));
            byte[] content = content(disk, file);
            if (content.length == 0) {
                continue;
            }
            switch (what) {
                case 0 -> {
                    int at = input.next(content.length);
                    int length = Math.min(1 + input.next(16), content.length - at);
                    for (int i = 0; i < length; i++) {
                        content[at + i] = (byte) input.next(256);
                    }
                }
                case 1, 2 -> {
                    int at = input.next(1 + content.length / 512) * 512 + FIELDS[input.next(FIELDS.length)];
                    if (at + 4 <= content.length) {
                        LittleEndian.putInt(content, at, INTERESTING[input.next(INTERESTING.length)]);
                    }
                }
                case 3 -> mend(file, content);
                case 4 -> {
                    byte[] other = content(disk, files.get(input.next(files.size())));
                    System.arraycopy(other, 0, content, 0, Math.min(other.length, content.length));
                }
                case 5 -> {
                    disk.delete(file);
                    continue;
                }
                default -> {
                    int size = input.next(content.length + 1);
                    try (DiskFile opened = disk.open(file, Disk.Access.WRITE)) {
                        opened.truncate(size);
                    }
                    continue;
                }
            }
            try (DiskFile opened = disk.open(file, Disk.Access.WRITE)) {
                opened.write(0, content, 0, content.length);
            }
        }
    }

    /** Makes all checksums of a file right. */
    private static void mend(String file, byte[] content) {
        if (content.length >= FixedFile.BYTES) {
            FixedFile.seal(content);
        }
        int segment = SegmentName.number(file);
        if (segment == 0) {
            return;
        }
        PlaceChecksum checksum = new PlaceChecksum(Ids.NUMBERED.get(), PlantedBug.NONE);
        for (int block = 512; block + 512 <= content.length; block += 512) {
            if (LittleEndian.getInt(content, block) == BlockFormat.MAGIC) {
                mendBlock(checksum, segment, block, content);
            }
        }
    }

    private static void mendBlock(PlaceChecksum checksum, int segment, int block, byte[] content) {
        long bytes = LittleEndian.getInt(content, block + BlockFormat.BYTES_AT);
        long recordBytes = LittleEndian.getInt(content, block + BlockFormat.RECORD_BYTES_AT);
        long end = Math.min(content.length, block + BlockFormat.HEADER_BYTES + recordBytes);
        for (long at = (long) block + BlockFormat.HEADER_BYTES; at + BlockFormat.RECORD_HEADER_BYTES <= end;) {
            int from = (int) at;
            int length = LittleEndian.getInt(content, from);
            if (length < 0 || from + 9L + length > end) {
                break;
            }
            LittleEndian.putInt(content, from + 4, checksum.of(segment, at, content, from, 4, from + 8, length + 1));
            at += BlockFormat.RECORD_HEADER_BYTES + length;
        }
        LittleEndian.putInt(content, block + BlockFormat.HEADER_CRC_AT,
                checksum.of(segment, block, content, block, BlockFormat.HEADER_CRC_AT));
        if (bytes >= 512 && block + bytes <= content.length) {
            int mark = (int) (block + bytes - BlockFormat.MARK_BYTES);
            LittleEndian.putInt(content, mark, BlockFormat.MARK_MAGIC);
            System.arraycopy(content, block + BlockFormat.NUMBER_AT, content, mark + 4, 8);
            LittleEndian.putInt(content, mark + 12, checksum.of(segment, block, content, block, (int) bytes - 4));
        }
    }

    private static RecordingDisk template() {
        try {
            RecordingDisk disk = new RecordingDisk();
            SplittableRandom random = new SplittableRandom(5);
            FileJournal journal = FileJournal.open(disk, TINY, Ids.NUMBERED, Ids.CLOCK, PlantedBug.NONE);
            for (int i = 0; i < 6; i++) {
                CrashStateCheck.append(journal, WrittenBlock.random(random));
            }
            journal.close();
            for (String name : disk.list()) {
                try (DiskFile file = disk.open(name, Disk.Access.READ)) {
                    file.force();
                }
            }
            disk.forceDirectory();
            return disk;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static RecordingDisk copy(RecordingDisk disk) throws IOException {
        for (String name : disk.list()) {
            try (DiskFile file = disk.open(name, Disk.Access.READ)) {
                file.force();
            }
        }
        disk.forceDirectory();
        PowerCut cut = disk.powerCut();
        return cut.state(new int[cut.units()]);
    }

    private static byte[] content(RecordingDisk disk, String file) throws IOException {
        try (DiskFile opened = disk.open(file, Disk.Access.READ)) {
            byte[] content = new byte[(int) opened.size()];
            opened.read(0, content, 0, content.length);
            return content;
        }
    }

    /** Numbers from bytes; zeros when they are used up. */
    static final class Input {
        private final byte[] data;
        private int at;

        Input(byte[] data) {
            this.data = data;
        }

        boolean hasMore() {
            return at < data.length;
        }

        /** A number below a bound, from one byte, or from two where one is too little. */
        int next(int bound) {
            int number = take();
            return (bound > 256 ? number << 8 | take() : number) % Math.max(1, bound);
        }

        private int take() {
            return at < data.length ? data[at++] & 0xff : 0;
        }
    }
}
