package letopis.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import letopis.store.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Tells whether bytes are one JSON value that PostgreSQL takes for JSON, too, and gives back byte for byte. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final char NO_CHARACTER = '\ufffd';
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private JsonText() {}

    /** The text, if the bytes are JSON in UTF-8. */
    static Optional<String> of(Bytes value) {
        byte[] bytes = value.toArray();
        return of(bytes, 0, bytes.length);
    }

    /** Whether this part of the array is JSON in UTF-8. */
    static boolean is(byte[] bytes, int from, int end) {
        return of(bytes, from, end - from).isPresent();
    }

    private static Optional<String> of(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        boolean right = text.indexOf(NO_CHARACTER) < 0 || isUtf8(bytes, from, length); // what is no UTF-8 became that one
        return right && isOneValue(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isUtf8(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static boolean isOneValue(String text) {
        if (text.isEmpty() || text.charAt(0) == BYTE_ORDER_MARK) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }
}
