package letopis.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tags as they are in their column: a JSON array of strings. They have no control characters, so that two characters are escaped. */
final class TagText {
    private TagText() {}

    static String of(Set<String> tags) {
        List<String> quoted = new ArrayList<>();
        for (String tag : tags) {
            quoted.add('"' + tag.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return "[" + String.join(", ", quoted) + "]";
    }

    static Set<String> tags(String text) {
        Set<String> tags = new TreeSet<>();
        var tag = new StringBuilder();
        boolean within = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (within) {
                    tags.add(tag.toString());
                    tag.setLength(0);
                }
                within = !within;
            } else if (within) {
                tag.append(c == '\\' ? text.charAt(++i) : c);
            }
        }
        return tags;
    }
}
