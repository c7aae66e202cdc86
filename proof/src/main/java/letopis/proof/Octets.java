package letopis.proof;

import java.util.Arrays;
import java.util.Base64;

/** An immutable run of bytes. Safe for any number of threads. */
public final class Octets {
    private final byte[] array;

    private Octets(byte[] array) {
        this.array = array;
    }

    /** A copy of the array. */
    public static Octets of(byte[] array) {
        return new Octets(array.clone());
    }

    /** The array itself: the caller gives it up. */
    static Octets wrap(byte[] array) {
        return new Octets(array);
    }

    /**
     * The bytes that a text in Base64 (RFC 4648 section 4, with padding) stands for.
     *
     * @throws InvalidProofException if it stands for none, or is not the one text that stands for them
     */
    static Octets ofBase64(String text) {
        try {
            Octets octets = new Octets(Base64.getDecoder().decode(text));
            if (octets.base64().equals(text)) {
                return octets;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new InvalidProofException("a text is not Base64: " + InvalidProofException.shown(text));
    }

    public int length() {
        return array.length;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return array.clone();
    }

    /** The bytes in Base64, with padding. */
    public String base64() {
        return Base64.getEncoder().encodeToString(array);
    }

    /** The array itself, not to be changed. */
    byte[] array() {
        return array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
