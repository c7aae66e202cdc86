package letopis.journal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;

/** The small store that {@code docs/file-format.md} shows byte by byte. */
final class FormatExample {
    static final UUID STORE_ID = UUID.fromString("6c65746f-7069-4973-a5f1-6c6574207465");

    private FormatExample() {}

    /** The files of a store with one block of two records that was closed. */
    static Map<String, byte[]> files() {
        try {
            RecordingDisk disk = new RecordingDisk();
            JournalOptions options = JournalOptions.DEFAULT.withSegmentBytes(4096, 8192)
                    .withPreparation(Runnable::run);
            try (FileJournal journal = FileJournal.open(disk, options, () -> STORE_ID, Ids.CLOCK, PlantedBug.NONE)) {
                CrashStateCheck.append(journal, new WrittenBlock(List.of(RecordKind.EVENT, RecordKind.FORGET),
                        List.of(bytes("an event"), bytes("what to forget"))));
            }
            Map<String, byte[]> files = new TreeMap<>();
            for (String name : disk.list()) {
                try (DiskFile file = disk.open(name, Disk.Access.READ)) {
                    byte[] content = new byte[(int) file.size()];
                    file.read(0, content, 0, content.length);
                    files.put(name, content);
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] file(String name) {
        return Objects.requireNonNull(files().get(name), name);
    }

    /** Bytes as the tool {@code hexdump -C} prints them: lines like the one before are left out, and a star says so. */
    static String dump(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        String before = "";
        boolean starred = false;
        for (int at = 0; at < bytes.length; at += 16) {
            String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, at, Math.min(at + 16, bytes.length));
            if (hex.equals(before)) {
                text.append(starred ? "" : "*\n");
                starred = true;
                continue;
            }
            starred = false;
            before = hex;
            StringBuilder ascii = new StringBuilder();
            for (int i = at; i < Math.min(at + 16, bytes.length); i++) {
                ascii.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
            }
            text.append(
                    String.format("%08x  %-23s  %-23s  |%s|%n", at, hex.substring(0, 23), hex.substring(24), ascii));
        }
        return text.append(String.format("%08x", bytes.length)).toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Prints the example anew, for the page, when the format gets a new version. */
    public static void main(String[] arguments) {
        files().forEach((name, content) -> System.out.println(name + "\n" + dump(content) + "\n"));
    }
}
