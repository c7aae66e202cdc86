package letopis.memory;

import java.util.Comparator;

/**
 * Orders texts by their bytes in UTF-8, which is the order of their code points. It differs from that of {@link String} where
 * a surrogate meets a character from U+E000 to U+FFFF: the surrogate stands for a higher code point, but is a lower char.
 */
final class Utf8Order implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return Integer.compare(rank(one.charAt(i)), rank(other.charAt(i)));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }
}
