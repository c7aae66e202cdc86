package letopis.store;

import java.util.Optional;

/**
 * Finds a text at the top of a JSON object, so that an error can name who was in the way although this module knows no JSON
 * library. Whatever is not plainly such a text is not found; nothing is ever refused here.
 */
final class MetadataText {
    private final String json;
    private int at;

    private MetadataText(String json) {
        this.json = json;
    }

    static Optional<String> find(String json, String name) {
        return new MetadataText(json).member(name);
    }

    private Optional<String> member(String name) {
        int depth = 0;
        while (at < json.length()) {
            char c = json.charAt(at++);
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == '"') {
                Optional<String> text = text();
                if (text.isEmpty()) {
                    return text;
                }
                if (depth == 1 && next() == ':') {
                    at++;
                    boolean wanted = text.get().equals(name);
                    if (next() == '"') {
                        at++;
                        Optional<String> value = text();
                        if (wanted || value.isEmpty()) {
                            return value;
                        }
                    } else if (wanted) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The next character that is not white space, not taken; 0 at the end. */
    private char next() {
        while (at < json.length() && json.charAt(at) <= ' ') {
            at++;
        }
        return at < json.length() ? json.charAt(at) : 0;
    }

    /** The rest of a text whose opening quote was taken; nothing if it does not end or is escaped wrongly. */
    private Optional<String> text() {
        StringBuilder text = new StringBuilder();
        while (at < json.length()) {
            char c = json.charAt(at++);
            if (c == '"') {
                return Optional.of(text.toString());
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (at == json.length()) {
                break;
            }
            char escaped = json.charAt(at++);
            switch (escaped) {
                case '"', '\\', '/' -> text.append(escaped);
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    if (at + 4 > json.length()
                            || !json.substring(at, at + 4).chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
                        return Optional.empty();
                    }
                    text.append((char) Integer.parseInt(json, at, at + 4, 16));
                    at += 4;
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
