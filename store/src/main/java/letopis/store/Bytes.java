package letopis.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable run of bytes: the data or the metadata of an event. Safe for any number of threads. */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** No bytes. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** A copy of the array. */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array.clone(), 0, array.length);
    }

    /** The text in UTF-8. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The array itself, without a copy: the caller gives it up and must not change it afterwards. */
    public static Bytes wrap(byte[] array) {
        return wrap(array, 0, array.length);
    }

    /**
     * A part of the array itself, without a copy: the caller gives it up and must not change it afterwards.
     *
     * @throws IndexOutOfBoundsException if the part is not within the array
     */
    public static Bytes wrap(byte[] array, int offset, int length) {
        if ((offset | length | (array.length - offset - length)) < 0) {
            throw new IndexOutOfBoundsException(
                    "bytes " + offset + " to " + (offset + (long) length) + " of an array of " + array.length);
        }
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** The bytes as a read-only buffer, without a copy. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** Puts the bytes into a buffer, which must have room for them. */
    public void putInto(ByteBuffer target) {
        target.put(array, offset, length);
    }

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, offset, offset + length, that.array, that.offset,
                that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The length and the first bytes as text, for messages. */
    @Override
    public String toString() {
        return length <= 200 ? toUtf8() : wrap(array, offset, 200).toUtf8() + "… (" + length + " bytes)";
    }
}
