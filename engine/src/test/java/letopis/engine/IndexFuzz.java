package letopis.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

import letopis.engine.index.SavedIndex;

/**
 * A fuzz target: takes bytes as a list of changes to the files of an index, after which all checksums are made right again, so
 * that what is behind them is reached. Whatever comes of it, the index is looked at, and the store verified, with an answer that a
 * user can understand, and never with an error of ours. Found by Jazzer by the name of its method.
 */
public final class IndexFuzz {
    private static final StoreToDamage STORE = StoreToDamage.of(1 << 16, false, 5);
    private static final List<String> FILES = STORE.disk()
            .files()
            .stream()
            .filter(it -> it.startsWith("index/"))
            .toList();
    private static final String MANIFEST = "index/manifest";
    private static final long[] INTERESTING = {0, 1, 2, -1, 63, 64, 255, 256, 4095, 4096, 4097, 1 << 20,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 48, 0xffff_ffffL};
    private static final int FOOTER = 256;

    private IndexFuzz() {}

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        BytesDisk disk = STORE.copy();
        ByteBuffer input = ByteBuffer.wrap(data);
        while (input.remaining() >= 4) {
            String file = FILES.get((input.get() & 0xff) % FILES.size());
            byte[] bytes = disk.bytes(file);
            int what = input.get() & 0xff;
            int number = input.getShort() & 0xffff;
            if (what < 100) { // a field of the footer, of the manifest, or at the end of the pages
                int at = Math.max(0, bytes.length - 4 * (number % 200) - 8);
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(at, INTERESTING[what % INTERESTING.length]);
            } else {
                bytes[number % bytes.length] = (byte) what;
            }
            disk.put(file, bytes);
        }
        mend(disk);
        SavedIndex.in(disk).close();
        DamageJudge.verify(disk);
    }

    /** Makes all checksums right. */
    private static void mend(BytesDisk disk) {
        byte[] manifest = disk.bytes(MANIFEST);
        ByteBuffer in = ByteBuffer.wrap(manifest).order(ByteOrder.LITTLE_ENDIAN);
        for (String file : FILES) {
            byte[] bytes = disk.bytes(file);
            if (file.endsWith(".run")) {
                mendRun(bytes);
                disk.put(file, bytes);
                long number = Long.parseLong(file.substring(6, file.indexOf('.')));
                for (int run = 80; run + 36 < manifest.length; run += 36) {
                    if (in.getLong(run) == number) {
                        in.putInt(run + 32,
                                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 4));
                    }
                }
            } else if (file.endsWith(".tags")) {
                int checksum = crc(bytes, 0, bytes.length);
                in.putInt(76, checksum);
                disk.put(String.format("index/%08x.tags", checksum), bytes);
            }
        }
        in.putInt(manifest.length - 4, crc(manifest, 0, manifest.length - 4));
        disk.put(MANIFEST, manifest);
    }

    private static void mendRun(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int footer = bytes.length - FOOTER;
        long table = in.getLong(footer + 152);
        if (table >= 0 && table < footer) {
            for (int page = 0; page * 4096L < table && table + 4L * page + 4 <= footer; page++) {
                in.putInt((int) table + 4 * page, crc(bytes, page * 4096, (int) Math.min(table, (page + 1) * 4096L)));
            }
            in.putInt(footer + 148, crc(bytes, (int) table, footer));
        }
        in.putInt(footer + 252, crc(bytes, footer, footer + 252));
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
