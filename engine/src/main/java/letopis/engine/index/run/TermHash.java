package letopis.engine.index.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of a term, 64 bits, as it is written into runs: the same in every process, another one in each store, so that
 * nobody can choose names that all fall onto one place.
 */
final class TermHash {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final long OTHER_MULTIPLIER = 0xD6E8_FEB8_6659_FD93L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private TermHash() {}

    static long of(long seed, TermKind kind, byte[] array, int offset, int length) {
        long hash = mixed(seed + kind.number()) ^ length;
        int at = offset;
        for (int end = offset + length - Long.BYTES; at <= end; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(array, at));
        }
        long rest = 0;
        for (; at < offset + length; at++) {
            rest = (rest << 8) | (array[at] & 0xff);
        }
        return mixed(hash ^ rest);
    }

    /** Spreads each bit over all others. */
    static long mixed(long value) {
        long mixed = (value ^ (value >>> 32)) * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 29)) * OTHER_MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}
