package letopis.cli.line;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import letopis.store.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON values as the very bytes in which they are written, neither read into objects nor written anew: spaces, the forms of
 * numbers and repeated names stay what they are.
 */
final class JsonSlices {
    /** How deep arrays and objects may lie in each other. */
    static final int MAX_DEPTH = 500;

    // a line has a limit of its own, and what it holds is not read into numbers or names
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonSlices() {}

    static JsonParser parser(byte[] line) {
        return FACTORY.createParser(ObjectReadContext.empty(), line);
    }

    /** The value that the parser stands at, which is left behind. */
    static Bytes value(JsonParser parser, byte[] line) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        int end = (int) parser.currentLocation().getByteOffset();
        return Bytes.wrap(line, start, end - start);
    }

    /** Whether the bytes are one JSON value and nothing else, on one line, so that they can stand in a line as they are. */
    static boolean isOneLineValue(Bytes bytes) {
        if (bytes.isEmpty()) {
            return false;
        }
        byte[] line = new byte[bytes.length() + 2];
        ByteBuffer buffer = ByteBuffer.wrap(line).put((byte) '[');
        bytes.putInto(buffer);
        buffer.put((byte) ']');
        for (byte b : line) {
            if (b == '\n' || b == '\r' || b == 0) {
                return false;
            }
        }
        if (!isUtf8(line)) {
            return false;
        }
        try (JsonParser parser = parser(line)) {
            return parser.nextToken() == JsonToken.START_ARRAY && parser.nextToken() != null
                    && parser.currentToken() != JsonToken.END_ARRAY && value(parser, line).equals(bytes)
                    && parser.nextToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    static boolean isUtf8(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return isStrictUtf8(bytes);
            }
        }
        return true;
    }

    private static boolean isStrictUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
