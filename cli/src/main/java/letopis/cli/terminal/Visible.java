package letopis.cli.terminal;

/** Makes text from outside safe to print: what is stored must not move a cursor or change a colour. */
public final class Visible {
    private Visible() {}

    /** The text on one line, with control characters and what turns the direction of writing as {@code \\u001b}. */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isPlain(c)) {
                visible.append(c);
            } else {
                visible.append(String.format("\\u%04x", (int) c));
            }
        }
        return visible.toString();
    }

    /** At most so many characters of it, with an ellipsis for the rest. */
    public static String atMost(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = Math.max(0, characters - 1);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != 0x7f && (c < 0x80 || c >= 0xa0) && !turnsOrHides(c);
    }

    /** Marks without a width, line separators, and what turns the direction of writing. */
    private static boolean turnsOrHides(char c) {
        return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff;
    }
}
