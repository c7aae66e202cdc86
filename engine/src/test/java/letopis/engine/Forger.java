package letopis.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * An adversary who may read and write every file of a store and knows its format, which is public: rewrites the log as he wants,
 * with all checksums right, so that no reader finds fault with it. He has no signing key. Everything is in the first segment.
 */
final class Forger {
    private static final int MAGIC = little("LTBK".getBytes(StandardCharsets.US_ASCII)).getInt();
    private static final int MARK_MAGIC = little("LTCM".getBytes(StandardCharsets.US_ASCII)).getInt();
    private static final int HEADER = 48;
    private static final int MARK = 16;
    private static final int RECORD_HEADER = 9;
    private static final int PER_BLOCK = 7;

    private final Path directory;
    private final byte[] storeId = new byte[16];
    private final int alignment;

    /** A record of the log. */
    @SuppressWarnings("ArrayRecordComponent") // what is forged is bytes, and nobody compares it
    record Forged(byte kind, byte[] payload) {
        boolean isEvent() {
            return kind == 1 || kind == 3;
        }

        boolean isSeal() {
            return kind == 4;
        }
    }

    Forger(Path directory) throws IOException {
        this.directory = directory;
        ByteBuffer superblock = little(Files.readAllBytes(directory.resolve("letopis.store")));
        alignment = superblock.getInt(12);
        superblock.get(16, storeId);
    }

    /** Lets somebody change the records as they want, and writes the log anew. */
    void rewrite(Consumer<List<Forged>> change) throws IOException {
        Path segment = directory.resolve("00000001.segment");
        byte[] file = Files.readAllBytes(segment);
        List<Forged> records = read(file);
        change.accept(records);
        byte[] forged = new byte[file.length];
        System.arraycopy(file, 0, forged, 0, alignment);
        write(records, forged);
        Files.write(segment, forged);
        Files.deleteIfExists(directory.resolve("letopis.published"));
    }

    private List<Forged> read(byte[] file) {
        List<Forged> records = new ArrayList<>();
        ByteBuffer in = little(file);
        for (int block = alignment; in.getInt(block) == MAGIC; block += in.getInt(block + 8)) {
            int at = block + HEADER;
            int end = at + in.getInt(block + 12);
            while (at < end) {
                byte[] payload = new byte[in.getInt(at)];
                in.get(at + RECORD_HEADER, payload);
                records.add(new Forged(file[at + 8], payload));
                at += RECORD_HEADER + payload.length;
            }
        }
        return records;
    }

    private void write(List<Forged> records, byte[] file) {
        int offset = alignment;
        long position = 1;
        long number = 1;
        for (int from = 0; from < records.size(); from += PER_BLOCK) {
            List<Forged> some = records.subList(from, Math.min(records.size(), from + PER_BLOCK));
            int events = (int) some.stream().filter(Forged::isEvent).count();
            int length = some.stream().mapToInt(it -> RECORD_HEADER + it.payload.length).sum();
            int total = (HEADER + length + MARK + alignment - 1) / alignment * alignment;
            byte[] bytes = new byte[total];
            ByteBuffer block = little(bytes).putInt(MAGIC)
                    .put((byte) 1)
                    .position(8)
                    .putInt(total)
                    .putInt(length)
                    .putLong(number)
                    .putLong(position)
                    .putInt(some.size())
                    .putInt(events);
            block.putInt(44, crc(offset, bytes, 0, 44));
            int at = HEADER;
            for (Forged record : some) {
                block.putInt(at, record.payload.length)
                        .put(at + 8, record.kind)
                        .put(at + RECORD_HEADER, record.payload);
                ByteArrayOutputStream checked = new ByteArrayOutputStream();
                checked.write(bytes, at, 4);
                checked.write(bytes, at + 8, 1 + record.payload.length);
                block.putInt(at + 4, crc(offset + at, checked.toByteArray(), 0, checked.size()));
                at += RECORD_HEADER + record.payload.length;
            }
            block.putInt(total - MARK, MARK_MAGIC).putLong(total - MARK + 4, number);
            block.putInt(total - 4, crc(offset, bytes, 0, total - 4));
            System.arraycopy(bytes, 0, file, offset, total);
            offset += total;
            position += events;
            number++;
        }
    }

    private int crc(long offset, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(storeId);
        byte[] place = new byte[12];
        little(place).putInt(1).putLong(offset);
        crc.update(place);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Gives every event the position where it stands, and the revision that the numbering in its one stream asks for. */
    static void renumber(List<Forged> records) {
        long position = 0;
        for (int i = 0; i < records.size(); i++) {
            Forged record = records.get(i);
            if (record.isEvent()) {
                position++;
                records.set(i, new Forged(record.kind, numbered(record.payload, position, position - 1)));
            }
        }
    }

    private static byte[] numbered(byte[] payload, long position, long revision) {
        int rest = 9;
        for (int numbers = 0; numbers < 2; rest++) {
            numbers += payload[rest] >= 0 ? 1 : 0;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(payload, 0, 9);
        number(out, position);
        number(out, revision);
        out.write(payload, rest, payload.length - rest);
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, long number) {
        long left = number;
        for (; left > 127; left >>>= 7) {
            out.write((int) ((left & 127) | 128));
        }
        out.write((int) left);
    }

    /** Where in the list the event of a position is. */
    static int indexOf(List<Forged> records, long position) {
        long seen = 0;
        for (int i = 0; i < records.size(); i++) {
            seen += records.get(i).isEvent() ? 1 : 0;
            if (seen == position) {
                return i;
            }
        }
        throw new AssertionError("no event " + position + " among " + records.size() + " records");
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
