package letopis.mysql;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import letopis.store.Bytes;

/**
 * Tells whether a server may be asked if bytes are JSON. It answers most texts with yes or no, but these with an error, which
 * would end a query over many events because of one: what is no UTF-8 (MariaDB), and what is nested deeper, has a longer key
 * or is larger than it can hold (MySQL).
 *
 * <p>Whether the text is JSON is the server's to say. A text that it gives up in the middle has been read in the same way here
 * up to there.
 */
final class ReadableJson {
    /** One less than MySQL's limit, which counts a number in an array as one more. */
    static final int MAX_DEPTH = 99;
    static final int MAX_KEY_BYTES = 65_535;
    static final int MAX_BYTES = 4 << 20;

    private ReadableJson() {}

    static boolean maybe(Bytes bytes) {
        if (bytes.isEmpty() || bytes.length() > MAX_BYTES) {
            return false;
        }
        ByteBuffer text = bytes.toBuffer();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(text.duplicate());
        } catch (CharacterCodingException _) {
            return false;
        }
        return fits(text);
    }

    private static boolean fits(ByteBuffer text) {
        int depth = 0;
        int stringBytes = 0;
        while (text.hasRemaining()) {
            byte next = text.get();
            if (next == '[' || next == '{') {
                depth++;
            } else if (next == ']' || next == '}') {
                depth--;
            } else if (next == '"') {
                stringBytes = skipString(text);
            }
            if (depth > MAX_DEPTH || (next == ':' && stringBytes > MAX_KEY_BYTES)) {
                return false;
            }
        }
        return true;
    }

    /** Goes behind the closing quote; returns how many bytes were before it. */
    private static int skipString(ByteBuffer text) {
        int start = text.position();
        while (text.hasRemaining()) {
            byte next = text.get();
            if (next == '"') {
                return text.position() - start - 1;
            }
            if (next == '\\' && text.hasRemaining()) {
                text.get();
            }
        }
        return text.position() - start;
    }
}
