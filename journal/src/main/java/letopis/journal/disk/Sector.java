package letopis.journal.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** The unit in which a disk writes: 512 bytes that are never changed, so that any number of images share them. */
final class Sector {
    static final int BYTES = 512;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ZEROS = new byte[BYTES];

    static final Sector ZERO = new Sector(new byte[BYTES]);
    /** What a power cut may leave of a sector that was just being written. */
    static final Sector GARBAGE = new Sector(garbage());

    private final byte[] bytes;
    private final long hash;

    private Sector(byte[] bytes) {
        this.bytes = bytes;
        hash = hash(bytes);
    }

    /** This sector with some of its bytes written over. */
    Sector with(int at, byte[] source, int from, int length) {
        if (length == BYTES && Arrays.equals(source, from, from + BYTES, ZEROS, 0, BYTES)) {
            return ZERO;
        }
        byte[] changed = bytes.clone();
        System.arraycopy(source, from, changed, at, length);
        return new Sector(changed);
    }

    void copy(int at, byte[] target, int to, int length) {
        System.arraycopy(bytes, at, target, to, length);
    }

    /** A number that two sectors with different bytes do not share, as good as certainly. */
    long hash() {
        return hash;
    }

    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }

    private static long hash(byte[] bytes) {
        long hash = 1;
        for (int i = 0; i < BYTES; i += 8) {
            hash = mix(hash, (long) LONG.get(bytes, i));
        }
        return hash;
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
