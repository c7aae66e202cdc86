package letopis.engine.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.proof.ChunkRoots;
import letopis.proof.Hash;

/**
 * What is remembered of the tree beside the log, so that neither an opening nor a proof reads all events again: where the seals
 * are, and the roots of the chunks that were complete at the newest one. Nothing of it is believed: a seal is looked up in the
 * log, and roots that do not give the sealed one are made again. Everything here may be deleted. Numbers are little-endian.
 *
 * <pre>
 *    seals:   a header, then of each seal, oldest first
 *             0      8       16      48       56     60
 *             | size | place | root  | number | zero | crc32c of the 60 bytes before
 *    chunks:  a header, then 32 bytes of each chunk ({@link ChunkRoots}), first one first
 *    header:  0       8         12      16         32      40     60
 *             | magic | version | level | store id | seals | zero | crc32c of the 60 bytes before
 * </pre>
 *
 * Seals are numbered from 0 on, and the header of their file says how many there are, so that a file that was cut, or has parts
 * of itself in the wrong place, does not pass for one whose newest seal is older.
 *
 * For one thread at a time.
 */
final class SealFiles implements AutoCloseable {
    private static final String SEALS = "seals";
    private static final String CHUNKS = "chunks";
    private static final int UNIT = 64;
    private static final int NUMBER_AT = 48;
    private static final int COUNT_AT = 32;
    private static final int CRC_AT = 60;
    private static final int MAX_READ_BYTES = Integer.MAX_VALUE - 64;
    private static final long MAGIC = 0x4c414553504f544cL; // LTOPSEAL
    private static final int VERSION = 1;

    private final Disk disk;
    private final UUID store;
    private final DiskFile seals;
    private final DiskFile chunks;
    private long sealsEnd = UNIT;
    private long chunksEnd = UNIT;

    /** A seal that is remembered. */
    record Remembered(long size, long place, Hash root) {}

    private SealFiles(Disk disk, UUID store, DiskFile seals, DiskFile chunks) {
        this.disk = disk;
        this.store = store;
        this.seals = seals;
        this.chunks = chunks;
    }

    /** Opens files to be written; begins anew where they are not those of this store, or are missing. */
    static SealFiles forWriting(Disk disk, UUID store) throws IOException {
        disk.create();
        List<String> names = disk.list();
        DiskFile seals = disk.open(SEALS, names.contains(SEALS) ? Disk.Access.WRITE : Disk.Access.CREATE);
        try {
            DiskFile chunks = disk.open(CHUNKS, names.contains(CHUNKS) ? Disk.Access.WRITE : Disk.Access.CREATE);
            SealFiles files = new SealFiles(disk, store, seals, chunks);
            if (!files.isOfThisStore()) {
                files.reset();
            }
            return files;
        } catch (IOException | RuntimeException | Error e) {
            seals.close();
            throw e;
        }
    }

    /** The seals in files that somebody else may be writing; none where there are no such files, or they are not whole. */
    static List<Remembered> read(Disk disk, UUID store, ChunkRoots into) throws IOException {
        if (!disk.exists() || !disk.list().containsAll(List.of(SEALS, CHUNKS))) {
            return List.of();
        }
        try (DiskFile seals = disk.open(SEALS, Disk.Access.READ);
                DiskFile chunks = disk.open(CHUNKS, Disk.Access.READ)) {
            SealFiles files = new SealFiles(disk, store, seals, chunks);
            if (!files.isOfThisStore()) {
                return List.of();
            }
            List<Remembered> remembered = files.seals();
            if (!remembered.isEmpty()) {
                files.loadChunks(remembered.getLast().size(), into);
            }
            return remembered;
        }
    }

    private boolean isOfThisStore() throws IOException {
        return isHeader(seals) && isHeader(chunks);
    }

    private boolean isHeader(DiskFile file) throws IOException {
        byte[] header = new byte[UNIT];
        return file.read(0, header, 0, UNIT) == UNIT && Arrays.equals(header, header(in(header).getLong(COUNT_AT)));
    }

    private byte[] header(long count) {
        byte[] header = new byte[UNIT];
        in(header).putLong(MAGIC)
                .putInt(VERSION)
                .putInt(ChunkRoots.LEVEL)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(store.getMostSignificantBits())
                .putLong(store.getLeastSignificantBits())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(count);
        return checked(header);
    }

    /** Forgets all that is remembered. */
    void reset() throws IOException {
        for (DiskFile file : List.of(seals, chunks)) {
            file.truncate(0);
            file.write(0, header(0), 0, UNIT);
            file.force();
        }
        disk.forceDirectory();
        sealsEnd = UNIT;
        chunksEnd = UNIT;
    }

    /** All seals that are remembered, oldest first; none if they are not whole, since the newest one may be among what is not. */
    List<Remembered> seals() throws IOException {
        List<Remembered> all = new ArrayList<>();
        byte[] header = new byte[UNIT];
        long count = seals.read(0, header, 0, UNIT) < UNIT ? 0 : in(header).getLong(COUNT_AT);
        if (count < 0 || count > Math.min(seals.size(), MAX_READ_BYTES) / UNIT - 1) {
            return List.of();
        }
        byte[] bytes = new byte[(int) (count + 1) * UNIT];
        if (seals.read(0, bytes, 0, bytes.length) < bytes.length) {
            return List.of();
        }
        for (int number = 0; number < count; number++) {
            int at = UNIT * (number + 1);
            ByteBuffer entry = ByteBuffer.wrap(bytes, at, UNIT).slice().order(ByteOrder.LITTLE_ENDIAN);
            if (entry.getInt(CRC_AT) != crc(bytes, at) || entry.getLong(NUMBER_AT) != number) {
                return List.of();
            }
            all.add(new Remembered(entry.getLong(0), entry.getLong(8), Hash.of(bytes, at + 16)));
        }
        sealsEnd = UNIT + (long) all.size() * UNIT;
        return all;
    }

    /** Goes on behind this one of the seals: what was written later is written again. */
    void goOnAfter(int sealsKept, long size) throws IOException {
        sealsEnd = UNIT + (long) sealsKept * UNIT;
        if (seals.size() > sealsEnd) {
            seals.truncate(sealsEnd);
            seals.write(0, header(sealsKept), 0, UNIT);
        }
        chunksEnd = UNIT + (size >>> ChunkRoots.LEVEL) * Hash.BYTES;
    }

    /** Those that are there: what a seal says that is not in the log need not be true, and what is missing is made again. */
    private void loadChunks(long size, ChunkRoots into) throws IOException {
        long there = Math.min(chunks.size() - UNIT, MAX_READ_BYTES) / Hash.BYTES;
        byte[] bytes = new byte[(int) Math.min(size >>> ChunkRoots.LEVEL, there) * Hash.BYTES];
        int read = chunks.read(UNIT, bytes, 0, bytes.length);
        for (int at = 0; at + Hash.BYTES <= read; at += Hash.BYTES) {
            into.add(Hash.of(bytes, at));
        }
    }

    /** Remembers chunks that were completed. */
    void add(List<Hash> completed) throws IOException {
        byte[] bytes = new byte[completed.size() * Hash.BYTES];
        for (int i = 0; i < completed.size(); i++) {
            completed.get(i).putInto(bytes, i * Hash.BYTES);
        }
        chunks.write(chunksEnd, bytes, 0, bytes.length);
        chunksEnd += bytes.length;
    }

    /** Remembers a seal that is in the log; the chunks before it are durable first. */
    void add(Remembered seal) throws IOException {
        chunks.force();
        byte[] entry = new byte[UNIT];
        long number = sealsEnd / UNIT - 1;
        in(entry).putLong(seal.size()).putLong(seal.place()).put(seal.root().toArray()).putLong(number);
        seals.write(sealsEnd, checked(entry), 0, UNIT);
        seals.write(0, header(number + 1), 0, UNIT);
        seals.force();
        sealsEnd += UNIT;
    }

    private static ByteBuffer in(byte[] unit) {
        return ByteBuffer.wrap(unit).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] checked(byte[] unit) {
        in(unit).putInt(CRC_AT, crc(unit, 0));
        return unit;
    }

    private static int crc(byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, CRC_AT);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        try (seals) {
            chunks.close();
        }
    }
}
