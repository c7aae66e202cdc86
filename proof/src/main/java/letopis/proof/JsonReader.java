package letopis.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON that a proof is: an object whose members are texts, whole numbers and lists of texts. All else is refused, as
 * are escapes, which none of these texts needs, and members that are there twice.
 */
final class JsonReader {
    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    /** The members: a {@link String}, a {@link Long}, or a {@link List} of strings each. */
    Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        do {
            String name = string();
            expect(':');
            if (members.put(name, value()) != null) {
                throw wrong("\"" + name + "\" is there twice");
            }
        } while (another('}'));
        skipSpace();
        if (at < text.length()) {
            throw wrong("there is something behind its end");
        }
        return members;
    }

    private Object value() {
        skipSpace();
        return switch (peek()) {
            case '"' -> string();
            case '[' -> list();
            default -> number();
        };
    }

    private List<String> list() {
        List<String> values = new ArrayList<>();
        expect('[');
        skipSpace();
        if (peek() == ']') {
            at++;
            return values;
        }
        do {
            values.add(string());
        } while (another(']'));
        return values;
    }

    private String string() {
        expect('"');
        int from = at;
        while (peek() != '"') {
            if (peek() < ' ' || peek() > '~' || peek() == '\\') {
                throw wrong("a text in it has a character that has no place there");
            }
            at++;
        }
        return text.substring(from, at++);
    }

    private Long number() {
        int from = at;
        while (at < text.length() && (peek() == '-' || (peek() >= '0' && peek() <= '9'))) {
            at++;
        }
        String digits = text.substring(from, at);
        try {
            Long number = Long.valueOf(digits);
            if (number.toString().equals(digits)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw wrong("neither a text, nor a list, nor a whole number");
    }

    /** Whether a comma follows, and not the end. */
    private boolean another(char end) {
        skipSpace();
        char c = peek();
        if (c != ',' && c != end) {
            throw wrong("expected , or " + end);
        }
        at++;
        return c == ',';
    }

    private void expect(char c) {
        skipSpace();
        if (peek() != c) {
            throw wrong("expected " + c);
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("it ends in the middle");
        }
        return text.charAt(at);
    }

    private InvalidProofException wrong(String what) {
        return new InvalidProofException("the text is not the JSON of a proof: " + what + ", at character " + (at + 1));
    }
}
