package letopis.journal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;

/**
 * The store that is kept under {@code format-1-forms}: a packed segment with an erased event, packed segments whose chunks are of
 * every form, and {@code letopis.forced} with both its slots written, because its writer forces late and has died.
 */
final class KeptForms {
    static final String FOLDER = "/format-1-forms/";
    static final List<String> FILES = List.of("00000001.packed", "00000002.packed", "00000003.packed",
            "00000004.segment", "00000005.segment", "letopis.forced", "letopis.published", "letopis.store");
    static final byte[] KEPT_OF_THE_ERASED = FormatExample.bytes("kept");

    private static final JournalOptions OPTIONS = JournalOptions.DEFAULT.withSegmentBytes(4096, 4096)
            .withPreparation(Runnable::run);
    private static final int TEXT = 20_000;
    /** So that the second chunk is all zeros, and the third one has nothing but random bytes. */
    private static final int ZEROS = 2 * PackedFormat.CHUNK_BYTES - 569 - TEXT;
    private static final int RANDOM = PackedFormat.CHUNK_BYTES + 100;
    private static final WrittenBlock ERASED = WrittenBlock.of(RecordKind.EVENT, text("to be erased, ", 900));

    private KeptForms() {}

    /** What is written and forced, in this order; the first event is erased later. */
    private static List<WrittenBlock> blocks() {
        byte[] mixed = Arrays.copyOf(text("packed small, ", TEXT), TEXT + ZEROS + RANDOM);
        System.arraycopy(random(2, RANDOM), 0, mixed, TEXT + ZEROS, RANDOM);
        return List.of(ERASED, WrittenBlock.of(RecordKind.FORGET, text("about streams, ", 1200)),
                WrittenBlock.of(RecordKind.EVENT, mixed), WrittenBlock.of(RecordKind.SEAL, random(3, 3000)),
                WrittenBlock.of(RecordKind.TAGS, text("the last forced, ", 60)));
    }

    private static final WrittenBlock FORCED_LATE = WrittenBlock.of(RecordKind.EVENT, text("forced late, ", 50));
    private static final WrittenBlock NOT_FORCED = WrittenBlock.of(RecordKind.EVENT, text("not forced, ", 50));

    /** What the store holds. */
    static WrittenLog log() {
        WrittenLog log = WrittenLog.EMPTY;
        for (WrittenBlock block : blocks()) {
            log = log.with(block.equals(ERASED) ? erased() : block);
        }
        return log.with(WrittenBlock.CLEAN_END).with(FORCED_LATE).withUnforced(NOT_FORCED);
    }

    private static WrittenBlock erased() {
        byte[] left = Arrays.copyOf(KEPT_OF_THE_ERASED, ERASED.payloads().getFirst().length);
        return WrittenBlock.of(RecordKind.ERASED, left);
    }

    private static byte[] text(String text, int length) {
        return FormatExample.bytes(text.repeat(length / text.length() + 1).substring(0, length));
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** Writes it as this code does. */
    static Map<String, byte[]> write(Compression compression) throws IOException {
        RecordingDisk disk = new RecordingDisk();
        try (FileJournal journal = open(disk, OPTIONS.withCompression(compression))) {
            for (WrittenBlock block : blocks()) {
                CrashStateCheck.append(journal, block);
            }
            journal.erase(1, (position, _) -> position == 1 ? Optional.of(KEPT_OF_THE_ERASED) : Optional.empty());
        }
        FileJournal dies = open(disk, OPTIONS.withForceEveryNanos(JournalOptions.FORCE_LATE));
        CrashStateCheck.append(dies, FORCED_LATE);
        dies.force();
        CrashStateCheck.append(dies, NOT_FORCED);
        Map<String, byte[]> files = files(disk);
        disk.endProcess();
        return files;
    }

    private static FileJournal open(RecordingDisk disk, JournalOptions options) {
        return FileJournal.open(disk, options, () -> FormatExample.STORE_ID, Ids.CLOCK, PlantedBug.NONE);
    }

    static Map<String, byte[]> files(Disk disk) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : disk.list()) {
            if (!name.equals(StoreFiles.LOCK)) {
                files.put(name, PackedStore.content(disk, name));
            }
        }
        return files;
    }

    /** A disk with the files that were kept when this version of the format was made. */
    static RecordingDisk kept() throws IOException {
        RecordingDisk disk = new RecordingDisk();
        for (String name : FILES) {
            byte[] content = kept(name);
            try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
                file.write(0, content, 0, content.length);
                file.force();
            }
        }
        disk.forceDirectory();
        return disk;
    }

    static byte[] kept(String name) throws IOException {
        try (InputStream kept = KeptForms.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(kept, name).readAllBytes();
        }
    }

    /** Writes it into a directory: done once, when a version of the format is made. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, byte[]> file : write(Compression.DEFLATE).entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
