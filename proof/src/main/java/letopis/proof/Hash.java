package letopis.proof;

import java.util.Arrays;
import java.util.HexFormat;

/** An SHA-256: 32 bytes. Immutable. */
public final class Hash {
    /** How many bytes a hash has. */
    public static final int BYTES = 32;

    private final byte[] array;

    private Hash(byte[] array) {
        this.array = array;
    }

    /** A copy of 32 bytes of an array. */
    public static Hash of(byte[] array, int offset) {
        return new Hash(Arrays.copyOfRange(array, offset, offset + BYTES));
    }

    /** The array itself: the caller gives it up. */
    static Hash wrap(byte[] array) {
        if (array.length != BYTES) {
            throw new AssertionError("a hash of " + array.length + " bytes");
        }
        return new Hash(array);
    }

    /**
     * The hash that 64 digits stand for, letters in lower case.
     *
     * @throws InvalidProofException if the text is something else
     */
    public static Hash ofHex(String digits) {
        if (digits.length() == 2 * BYTES && digits.chars().allMatch(Hash::isDigit)) {
            return new Hash(HexFormat.of().parseHex(digits));
        }
        throw new InvalidProofException(
                "a hash is 64 hexadecimal digits in lower case, not " + InvalidProofException.shown(digits));
    }

    private static boolean isDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return array.clone();
    }

    /** Puts the bytes into an array. */
    public void putInto(byte[] target, int offset) {
        System.arraycopy(array, 0, target, offset, BYTES);
    }

    /** The array itself, not to be changed. */
    byte[] array() {
        return array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** As 64 hexadecimal digits, in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array);
    }
}
