package letopis.cli.line;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.cli.failure.Suggestion;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.InvalidNameException;
import letopis.store.LimitExceededException;
import letopis.store.Limits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a line of JSON, in UTF-8, into an event. The line is an object with these members:
 *
 * <pre>
 *   stream           the stream, a text
 *   type             the event's type, a text
 *   data             the data: any JSON value, kept byte by byte as it stands
 *   dataBase64       instead of data: bytes that are not JSON on one line
 *   id               a UUID; else one is made from the line
 *   time             when it was recorded, in ISO 8601 with an offset; else now
 *   contentType      a media type; application/json where it is missing
 *   metadata         any JSON value, kept as it stands
 *   metadataBase64   instead of metadata
 *   tags             an array of texts
 *   position, revision   are taken and ignored, so that what "read --json" prints can be imported
 * </pre>
 *
 * A member that is null is as good as missing, except for {@code data}. Any other member is an error, and so is one that comes
 * twice. For one thread.
 */
public final class LineParser {
    private static final List<String> MEMBERS = List.of("stream", "type", "data", "dataBase64", "id", "time",
            "contentType",
            "metadata", "metadataBase64", "tags", "position", "revision");

    private final Limits limits;
    private final boolean newIds;
    private final LineId ids = new LineId();

    /**
     * @param limits what the store takes; a line that breaks them is a bad line
     * @param newIds whether every event gets a new random id, whatever its line says
     */
    public LineParser(Limits limits, boolean newIds) {
        this.limits = limits;
        this.newIds = newIds;
    }

    /** @throws BadLineException if the line does not hold an event that the store would take */
    public EventLine parse(long number, byte[] line) throws BadLineException {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                throw new BadLineException("has a zero byte at column " + (i + 1) + " and is not text");
            }
        }
        if (!JsonSlices.isUtf8(line)) {
            throw new BadLineException("is not in UTF-8");
        }
        Members members = new Members();
        try (JsonParser parser = JsonSlices.parser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLineException(
                        "is not a JSON object such as {\"stream\":\"order-1\",\"type\":\"OrderCreated\",\"data\":{}}");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.take(name, parser, line);
            }
            long end = parser.currentLocation().getByteOffset();
            if (parser.nextToken() != null) {
                throw new BadLineException("goes on after its object, at column " + (end + 1));
            }
        } catch (JacksonException e) {
            throw new BadLineException("is not valid JSON: " + JsonData.fault(e));
        }
        return event(number, line, members);
    }

    private EventLine event(long number, byte[] line, Members members) throws BadLineException {
        String stream = members.required("stream", members.stream);
        String type = members.required("type", members.type);
        if (members.data == null) {
            throw new BadLineException("has no \"data\"");
        }
        UUID id = newIds ? UUID.randomUUID() : members.id != null ? members.id : ids.of(number, line);
        Event event = new Event(id, type, members.contentType(), members.data, members.metadata, members.tags);
        EventLine read = new EventLine(number, Bytes.wrap(line), stream, event, members.id != null && !newIds,
                Optional.ofNullable(members.time));
        try {
            limits.check(read.append(false));
        } catch (InvalidNameException | LimitExceededException e) {
            throw new BadLineException("holds what the store does not take: " + e.getMessage());
        }
        return read;
    }

    /** What was found in one line. */
    private static final class Members {
        private final Set<String> seen = new HashSet<>();
        private @Nullable String stream;
        private @Nullable String type;
        private @Nullable UUID id;
        private @Nullable Instant time;
        private @Nullable String contentType;
        private @Nullable Bytes data;
        private boolean dataIsJson;
        private Bytes metadata = Bytes.empty();
        private Set<String> tags = Set.of();

        void take(String name, JsonParser parser, byte[] line) throws BadLineException {
            if (!seen.add(name)) {
                throw new BadLineException("has the member \"" + name + "\" twice");
            }
            boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "data" -> {
                    data(JsonSlices.value(parser, line));
                    dataIsJson = true;
                }
                case "stream", "type", "dataBase64" -> takeText(name, text(name, parser));
                case "id", "time", "contentType", "metadataBase64" -> {
                    if (!isNull) {
                        takeText(name, text(name, parser));
                    }
                }
                case "metadata" -> {
                    if (!isNull) {
                        metadata(JsonSlices.value(parser, line));
                    }
                }
                case "tags" -> {
                    if (!isNull) {
                        tags = texts(parser);
                    }
                }
                case "position", "revision" -> parser.skipChildren();
                default -> {
                    String near = Suggestion.didYouMean(name, MEMBERS);
                    throw new BadLineException("has a member \"" + name + "\", which means nothing here"
                            + (near.isEmpty() ? "; there are " + String.join(", ", MEMBERS) : "; " + near));
                }
            }
        }

        private void takeText(String name, String text) throws BadLineException {
            switch (name) {
                case "stream" -> stream = text;
                case "type" -> type = text;
                case "dataBase64" -> data(base64(name, text));
                case "id" -> id = uuid(text);
                case "time" -> time = time(text);
                case "contentType" -> contentType = text;
                case "metadataBase64" -> metadata(base64(name, text));
                default -> throw new AssertionError(name);
            }
        }

        private void data(Bytes bytes) throws BadLineException {
            if (data != null) {
                throw new BadLineException("has \"data\" and \"dataBase64\", and only one of them can hold");
            }
            data = bytes;
        }

        private void metadata(Bytes bytes) throws BadLineException {
            if (!metadata.isEmpty()) {
                throw new BadLineException("has \"metadata\" and \"metadataBase64\", and only one of them can hold");
            }
            metadata = bytes;
        }

        String contentType() throws BadLineException {
            String given = contentType == null ? Event.JSON : contentType;
            if (dataIsJson && !JsonData.isJson(given)) {
                throw new BadLineException(
                        "has data in JSON and the content type " + given + "; give other data in \"dataBase64\"");
            }
            return given;
        }

        String required(String name, @Nullable String text) throws BadLineException {
            if (text == null) {
                throw new BadLineException("has no \"" + name + "\"");
            }
            return text;
        }
    }

    private static String text(String name, JsonParser parser) throws BadLineException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new BadLineException("has a \"" + name + "\" that is not a text");
        }
        return parser.getString();
    }

    private static Set<String> texts(JsonParser parser) throws BadLineException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadLineException("has \"tags\" that are not an array of texts");
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text("tags", parser));
        }
        return new TreeSet<>(texts);
    }

    private static Bytes base64(String name, String text) throws BadLineException {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new BadLineException("has a \"" + name + "\" that is not Base64: " + e.getMessage());
        }
    }

    private static UUID uuid(String text) throws BadLineException {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one answer for both
        }
        throw new BadLineException("has an id that is not a UUID: \"" + text + "\"");
    }

    private static Instant time(String text) throws BadLineException {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // falls through to the one answer for both
        }
        throw new BadLineException(
                "has a time that is not in ISO 8601 with an offset, such as 2026-01-31T12:00:00Z: \"" + text + "\"");
    }
}
