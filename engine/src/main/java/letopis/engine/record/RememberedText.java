package letopis.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The last text that was taken, so that the same text again is the same object. For one thread at a time. */
final class RememberedText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** Longer texts are not remembered. */
    private static final int MAX_BYTES = 128;

    private byte[] utf8 = {};
    private int length;
    private String text = "";

    /** The text that these bytes are. */
    String of(byte[] array, int offset, int newLength) {
        if (newLength == length && isSame(array, offset)) {
            return text;
        }
        String made = new String(array, offset, newLength, StandardCharsets.UTF_8);
        if (newLength <= MAX_BYTES) {
            utf8 = utf8.length == 0 ? new byte[MAX_BYTES] : utf8;
            System.arraycopy(array, offset, utf8, 0, newLength);
            length = newLength;
            text = made;
        }
        return made;
    }

    /** Eight bytes at a time, the last of which overlap: names are too short for what the JDK does to start. */
    private boolean isSame(byte[] array, int offset) {
        if (length < Long.BYTES) {
            return Arrays.equals(utf8, 0, length, array, offset, offset + length);
        }
        int last = length - Long.BYTES;
        for (int at = last; at > 0; at -= Long.BYTES) {
            if ((long) LONGS.get(utf8, at) != (long) LONGS.get(array, offset + at)) {
                return false;
            }
        }
        return (long) LONGS.get(utf8, 0) == (long) LONGS.get(array, offset);
    }
}
