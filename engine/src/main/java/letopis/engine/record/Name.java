package letopis.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;

/** A name as it is stored, in UTF-8, with its hash: made once on the caller's thread and looked up often on the writer's. */
public final class Name {
    /** Another one in each process, so that nobody can choose names that all fall onto one place of a hash table. */
    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What no UTF-8 has: the form of what is not text, so that it is equal to no name that was ever stored. */
    private static final byte[] NOT_TEXT = {(byte) 0xff};

    private final byte[] utf8;
    private final int hash;

    private Name(byte[] utf8, int hash) {
        this.utf8 = utf8;
        this.hash = hash;
    }

    public static Name of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        long questionMarks = questionMarks(utf8);
        if (questionMarks > 0 && questionMarks != text.chars().filter(it -> it == '?').count()) {
            utf8 = NOT_TEXT; // half of a surrogate pair was replaced by a question mark
        }
        return new Name(utf8, hash(utf8, 0, utf8.length));
    }

    /** The names that these texts are, in their order. */
    public static Name[] of(Collection<String> texts) {
        Name[] names = new Name[texts.size()];
        int at = 0;
        for (String text : texts) {
            names[at++] = of(text);
        }
        return names;
    }

    /** The name that these bytes are; nobody may change them. */
    public static Name ofUtf8(byte[] utf8) {
        return new Name(utf8, hash(utf8, 0, utf8.length));
    }

    private static long questionMarks(byte[] utf8) {
        long count = 0;
        for (byte one : utf8) {
            count += one == '?' ? 1 : 0;
        }
        return count;
    }

    /** The bytes themselves, which nobody may change. */
    public byte[] utf8() {
        return utf8;
    }

    /** {@link #hash(byte[], int, int)} of the bytes. */
    public int hash() {
        return hash;
    }

    /** The hash of the name that these bytes are; differs from process to process. */
    public static int hash(byte[] array, int offset, int length) {
        long hash = SEED ^ length;
        int at = offset;
        for (int end = offset + length - Long.BYTES; at <= end; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(array, at));
        }
        long rest = 0;
        for (; at < offset + length; at++) {
            rest = (rest << 8) | (array[at] & 0xff);
        }
        return (int) (mixed(hash ^ rest) >>> 32);
    }

    private static long mixed(long hash) {
        long mixed = hash * MULTIPLIER;
        return (mixed ^ (mixed >>> 32)) * MULTIPLIER;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
