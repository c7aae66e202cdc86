package letopis.engine.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The last text that was taken, so that the same text again is the same object. For one thread at a time. */
final class RememberedText {
    /** Longer texts are not remembered. */
    private static final int MAX_BYTES = 128;

    private byte[] utf8 = {};
    private int length;
    private String text = "";

    /** The text that these bytes are. */
    String of(byte[] array, int offset, int newLength) {
        if (newLength == length && Arrays.equals(utf8, 0, length, array, offset, offset + length)) {
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
}
