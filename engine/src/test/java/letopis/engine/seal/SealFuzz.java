package letopis.engine.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.engine.record.MalformedRecordException;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;
import letopis.proof.ChunkRoots;
import letopis.proof.Frontier;
import letopis.proof.Hash;
import letopis.proof.TreeHasher;

/**
 * A fuzz target: takes bytes as the payload of a seal, once as they are and once with the root that its frontier gives; and as what
 * is remembered of the tree, with checksums that are right. A seal is decoded or refused, and what is decoded is encoded to the
 * same; of what is remembered something is given or nothing. Found by Jazzer by the name of its method.
 */
public final class SealFuzz {
    private static final UUID STORE = UUID.fromString("6c65746f-7069-4973-a5f1-6c6574207465");
    private static final int ROOT_AT = 17;
    private static final int FRONTIER_AT = 145;
    private static final int UNIT = 64;
    private static final long[] INTERESTING = {0, 1, 2, 3, 63, 64, 65, 127, 128, 1000, -1, 1L << 32, 1L << 37, 1L << 40,
            Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 37) - 64};

    private SealFuzz() {}

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        decode(data);
        decode(withRightRoot(data));
        try {
            remembered(data);
        } catch (IOException e) {
            throw new AssertionError("no error of the disk was planted", e);
        }
    }

    private static void decode(byte[] payload) {
        SealRecord seal;
        try {
            seal = SealRecord.decode(STORE, ByteBuffer.wrap(payload));
        } catch (MalformedRecordException e) {
            return;
        }
        if (!Arrays.equals(seal.encode(), payload)) {
            throw new AssertionError("a seal became another one when it was written");
        }
    }

    /** The first byte says the size, at which the frontier is as long as it must be. */
    private static byte[] withRightRoot(byte[] data) {
        long size = data.length == 0 ? 1 : INTERESTING[(data[0] & 0xff) % INTERESTING.length];
        byte[] payload = Arrays.copyOf(data, FRONTIER_AT + Long.bitCount(size) * Hash.BYTES);
        payload[0] = 1;
        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(1, size);
        if (size > 0) {
            List<Hash> hashes = new ArrayList<>();
            for (int at = FRONTIER_AT; at < payload.length; at += Hash.BYTES) {
                hashes.add(Hash.of(payload, at));
            }
            Frontier frontier = new Frontier(new TreeHasher());
            frontier.restore(size, hashes);
            frontier.root().putInto(payload, ROOT_AT);
        }
        return payload;
    }

    private static void remembered(byte[] data) throws IOException {
        RecordingDisk disk = new RecordingDisk();
        disk.create();
        Input input = new Input(ByteBuffer.wrap(data));
        int seals = input.next(4);
        ByteBuffer file = ByteBuffer.allocate(UNIT * (seals + 1)).order(ByteOrder.LITTLE_ENDIAN);
        header(file, input.next(3) == 0 ? input.interesting() : seals);
        for (int number = 0; number < seals; number++) {
            int at = UNIT * (number + 1);
            file.putLong(at, input.interesting());
            file.putLong(at + 8, input.interesting());
            file.put(at + 16, (byte) input.next(256));
            file.putLong(at + 48, input.next(8) == 1 ? input.interesting() : number);
            checked(file, at);
        }
        put(disk, "seals", Arrays.copyOf(file.array(), file.capacity() - input.next(3)));
        ByteBuffer chunks = ByteBuffer.allocate(UNIT + input.next(100)).order(ByteOrder.LITTLE_ENDIAN);
        header(chunks, input.next(3) == 1 ? input.interesting() : 0);
        put(disk, "chunks", chunks.array());

        List<SealFiles.Remembered> found = SealFiles.read(disk, STORE, new ChunkRoots());
        if (found.size() > seals) {
            throw new AssertionError("more seals than there are");
        }
        try (SealFiles files = SealFiles.forWriting(disk, STORE)) {
            List<SealFiles.Remembered> all = files.seals();
            files.goOnAfter(all.size(), 128);
            files.add(List.of());
            files.add(new SealFiles.Remembered(128, 512, Hash.of(new byte[Hash.BYTES], 0)));
            if (files.seals().size() != all.size() + 1) {
                throw new AssertionError("a seal that was written is not there");
            }
        }
    }

    private static void header(ByteBuffer file, long count) {
        file.putLong(0, 0x4c414553504f544cL).putInt(8, 1).putInt(12, ChunkRoots.LEVEL).putLong(32, count);
        file.order(ByteOrder.BIG_ENDIAN)
                .putLong(16, STORE.getMostSignificantBits())
                .putLong(24, STORE.getLeastSignificantBits())
                .order(ByteOrder.LITTLE_ENDIAN);
        checked(file, 0);
    }

    private static void checked(ByteBuffer file, int at) {
        CRC32C crc = new CRC32C();
        crc.update(file.slice(at, 60));
        file.putInt(at + 60, (int) crc.getValue());
    }

    private static void put(RecordingDisk disk, String name, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
        }
    }

    /** Numbers from bytes; zeros when they are used up. */
    private record Input(ByteBuffer data) {
        int next(int bound) {
            return data.hasRemaining() ? (data.get() & 0xff) % bound : 0;
        }

        long interesting() {
            return INTERESTING[next(INTERESTING.length)];
        }
    }
}
