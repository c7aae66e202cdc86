package letopis.cli.line;

import java.util.Locale;
import java.util.Optional;

import letopis.store.Bytes;
import letopis.store.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** What is JSON, and what only says so. */
public final class JsonData {
    private JsonData() {}

    /** Whether a content type means JSON. */
    public static boolean isJson(String contentType) {
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return mediaType.equals(Event.JSON) || mediaType.endsWith("+json");
    }

    /** What is wrong with the bytes as JSON; nothing if they are one value. */
    public static Optional<String> fault(Bytes bytes) {
        byte[] text = bytes.toArray();
        if (!JsonSlices.isUtf8(text)) {
            return Optional.of("it is not in UTF-8");
        }
        try (JsonParser parser = JsonSlices.parser(text)) {
            if (parser.nextToken() == null) {
                return Optional.of("it is empty");
            }
            JsonSlices.value(parser, text);
            long end = parser.currentLocation().getByteOffset();
            return parser.nextToken() == null
                    ? Optional.empty()
                    : Optional.of("it goes on after its value, at byte " + (end + 1));
        } catch (JacksonException e) {
            return Optional.of(fault(e));
        }
    }

    /** What the parser found, without what it says of itself. */
    static String fault(JacksonException e) {
        String where = e.getLocation() == null || e.getLocation().getColumnNr() < 1
                ? ""
                : ", at column " + e.getLocation().getColumnNr();
        return String.valueOf(e.getOriginalMessage()).replaceFirst(" \\(start marker at \\[.*]\\)", "") + where;
    }
}
