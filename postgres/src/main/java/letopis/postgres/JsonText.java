package letopis.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import letopis.store.Bytes;

/**
 * Tells whether bytes are one JSON value in UTF-8 that PostgreSQL takes for JSON, too, and gives back byte for byte. Each event is looked at,
 * so nothing is made of it: the grammar is followed from byte to byte.
 */
final class JsonText {
    /** PostgreSQL would take some thousands, as its stack allows. */
    private static final int DEEPEST = 500;

    private final byte[] bytes;
    private final int end;
    private int at;

    private JsonText(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The text, if the bytes are JSON. */
    static Optional<String> of(Bytes value) {
        byte[] bytes = value.toArray();
        return is(bytes, 0, bytes.length) ? Optional.of(new String(bytes, StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Whether this part of the array is JSON. */
    static boolean is(byte[] bytes, int from, int end) {
        var text = new JsonText(bytes, from, end);
        if (!text.value(0)) {
            return false;
        }
        text.space();
        return text.at == end;
    }

    private boolean value(int depth) {
        space();
        return switch (peek()) {
            case '"' -> string();
            case '{' -> depth < DEEPEST && object(depth + 1);
            case '[' -> depth < DEEPEST && array(depth + 1);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean object(int depth) {
        at++;
        space();
        if (skip('}')) {
            return true;
        }
        do {
            space();
            if (peek() != '"' || !string()) {
                return false;
            }
            space();
            if (!skip(':') || !value(depth)) {
                return false;
            }
            space();
        } while (skip(','));
        return skip('}');
    }

    private boolean array(int depth) {
        at++;
        space();
        if (skip(']')) {
            return true;
        }
        do {
            if (!value(depth)) {
                return false;
            }
            space();
        } while (skip(','));
        return skip(']');
    }

    private boolean string() {
        at++;
        while (at < end) {
            int next = bytes[at++];
            if (next == '"') {
                return true;
            }
            if (next < 0 ? !beyondAscii(next & 0xff) : next < ' ' || (next == '\\' && !escaped())) {
                return false;
            }
        }
        return false;
    }

    private boolean escaped() {
        int escape = peek();
        at++;
        if (escape != 'u') {
            return escape == '"' || escape == '\\' || escape == '/' || escape == 'b' || escape == 'f' || escape == 'n'
                    || escape == 'r' || escape == 't';
        }
        for (int i = 0; i < 4; i++) {
            int digit = peek();
            at++;
            if (digit < 0 || Character.digit(digit, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The rest of a character of several bytes, in its shortest form, and none of those that only UTF-16 has. */
    private boolean beyondAscii(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return false;
        }
        int second = peek() & 0xff;
        boolean legal = switch (first) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
        int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        if (!legal || at + more > end) {
            return false;
        }
        for (int i = 0; i < more; i++) {
            if ((bytes[at++] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        skip('-');
        if (!skip('0') && !digits()) {
            return false;
        }
        if (skip('.') && !digits()) {
            return false;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int before = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > before;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!skip(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void space() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private boolean skip(char wanted) {
        boolean there = at < end && bytes[at] == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** The next byte; what is none of JSON at the end. */
    private int peek() {
        return at < end ? bytes[at] : 0;
    }
}
