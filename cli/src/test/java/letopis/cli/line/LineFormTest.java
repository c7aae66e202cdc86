package letopis.cli.line;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Limits;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A line says all of an event, and the parser takes it back byte by byte. */
class LineFormTest {
    private static final String[] PARTS = {"{", "}", "[", "]", ":", ",", "\"", "\\", "a", "1", "-", ".", "e", " ", "\t",
            "\n", "\r", "null",
            "true", "\"x\":", "\"é\"", "\u0000", "\ufeff", "12.50", "{\"a\":", "\\u0041", "\u2028"};

    private final LineParser parser = new LineParser(Limits.DEFAULT, false);

    @Test
    void whateverIsWrittenIsReadBack() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            RecordedEvent event = new RecordedEvent("s-" + i, i, i + 1, Instant.ofEpochSecond(i, 123_456_000),
                    new Event(new UUID(random.nextLong(), random.nextLong()), "T\"\\",
                            i % 7 == 0 ? "text/plain" : Event.JSON, bytes(random),
                            bytes(random), i % 3 == 0 ? Set.of("a\"", "b") : Set.of()));

            byte[] line = LineWriter.exported(event).end();
            EventLine read = parser.parse(i, Arrays.copyOf(line, line.length - 1));

            assertThat(read.event()).as("seed %d, line %s", seed, new String(line, StandardCharsets.UTF_8))
                    .isEqualTo(event.event());
            assertThat(read.stream()).isEqualTo(event.stream());
            assertThat(read.time()).contains(event.time());
            assertThat(read.idGiven()).isTrue();
        }
    }

    private static Bytes bytes(Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(6)];
            random.nextBytes(noise);
            return Bytes.of(noise);
        }
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(8);
        for (int i = 0; i < parts; i++) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return Bytes.utf8(text.toString());
    }

    @Test
    void jsonOnOneLineStandsAsItIs() {
        for (String json : new String[]{"{}", "1", "\"a\"", "[ 1, 2 ]", "{\"a\":{\"b\":[null]}}", "-1.50e+3"}) {
            assertThat(JsonSlices.isOneLineValue(Bytes.utf8(json))).as(json).isTrue();
        }
        for (String other : new String[]{"", " 1", "1 ", "1,2", "1]", "[1", "{\n}", "01", "\"", "a"}) {
            assertThat(JsonSlices.isOneLineValue(Bytes.utf8(other))).as(other).isFalse();
        }
    }

    @Test
    void deepestDataThatIsWrittenAsJsonIsReadBack() throws Exception {
        for (int depth = JsonSlices.MAX_DEPTH - 2; depth <= JsonSlices.MAX_DEPTH + 2; depth++) {
            Bytes data = Bytes.utf8("[".repeat(depth) + "]".repeat(depth));
            RecordedEvent event = new RecordedEvent("s", 0, 1, Instant.EPOCH, Event.of("T", data));
            byte[] line = LineWriter.exported(event).end();

            assertThat(parser.parse(1, Arrays.copyOf(line, line.length - 1)).event().data()).isEqualTo(data);
        }
    }

    @Test
    void idIsMadeFromTheNumberAndTheTextOfTheLine() throws Exception {
        byte[] line = "{\"stream\":\"s\",\"type\":\"T\",\"data\":1}".getBytes(StandardCharsets.UTF_8);
        UUID id = parser.parse(1, line.clone()).event().id();

        assertThat(parser.parse(1, line.clone()).event().id()).isEqualTo(id);
        assertThat(parser.parse(2, line.clone()).event().id()).isNotEqualTo(id);
        assertThat(parser.parse(1, (new String(line, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8))
                .event()
                .id())
                .isNotEqualTo(id);
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(new LineParser(Limits.DEFAULT, true).parse(1, line).event().id()).isNotEqualTo(id);
    }

    @Test
    void nullIsAsGoodAsMissingButForData() throws Exception {
        EventLine line = parser.parse(1,
                ("{\"stream\":\"s\",\"type\":\"T\",\"data\":null,\"id\":null,\"time\":null,\"contentType\":null,"
                        + "\"metadata\":null,\"tags\":null}").getBytes(StandardCharsets.UTF_8));

        assertThat(line.event().data()).isEqualTo(Bytes.utf8("null"));
        assertThat(line.event().metadata().isEmpty()).isTrue();
        assertThat(line.time()).isEmpty();
        assertThat(line.idGiven()).isFalse();
        assertThatThrownBy(
                () -> parser.parse(1, "{\"stream\":null,\"type\":\"T\",\"data\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadLineException.class);
    }

    @Test
    void everyKindOfBadLineIsNamed() {
        bad("is not a JSON object", "[1]");
        bad("is not valid JSON", "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"a\":}}");
        bad("has no \"stream\"", "{\"type\":\"T\",\"data\":1}");
        bad("has no \"type\"", "{\"stream\":\"s\",\"data\":1}");
        bad("has no \"data\"", "{\"stream\":\"s\",\"type\":\"T\"}");
        bad("did you mean stream?", "{\"Stream\":\"s\",\"type\":\"T\",\"data\":1}");
        bad("twice", "{\"stream\":\"s\",\"stream\":\"s\",\"type\":\"T\",\"data\":1}");
        bad("goes on after its object, at column 35", "{\"stream\":\"s\",\"type\":\"T\",\"data\":1}    {}");
        bad("not a UUID", "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"id\":\"1-1-1-1-1\"}");
        bad("ISO 8601", "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"time\":\"2026-01-01\"}");
        bad("ISO 8601", "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"time\":\"+10000-01-01T00:00:00Z\"}");
        bad("array of texts", "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"tags\":\"a\"}");
        bad("not a text", "{\"stream\":\"s\",\"type\":\"T\",\"data\":1,\"tags\":[1]}");
        bad("not a text", "{\"stream\":1,\"type\":\"T\",\"data\":1}");
        bad("not Base64", "{\"stream\":\"s\",\"type\":\"T\",\"dataBase64\":\"%\"}");
        bad("only one of them", "{\"stream\":\"s\",\"type\":\"T\",\"dataBase64\":\"\",\"data\":1}");
        bad("content type text/plain", "{\"stream\":\"s\",\"type\":\"T\",\"contentType\":\"text/plain\",\"data\":1}");
        bad("stream name \"\" is empty", "{\"stream\":\"\",\"type\":\"T\",\"data\":1}");
        bad("control character", "{\"stream\":\"a\\u0000\",\"type\":\"T\",\"data\":1}");
        bad("surrogate", "{\"stream\":\"a\\ud800\",\"type\":\"T\",\"data\":1}");
        bad("maxStreamNameBytes", "{\"stream\":\"" + "x".repeat(501) + "\",\"type\":\"T\",\"data\":1}");
        bad("maxEventBytes", "{\"stream\":\"s\",\"type\":\"T\",\"data\":\"" + "x".repeat(1 << 20) + "\"}");
        bad("zero byte at column 2", " \0");
        bad("nesting depth", "{\"stream\":\"s\",\"type\":\"T\",\"data\":" + "[".repeat(501) + "]".repeat(501) + "}");
        assertThatThrownBy(() -> parser.parse(1,
                "{\"stream\":\"s\",\"type\":\"T\",\"data\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining("is not in UTF-8");
    }

    private void bad(String why, String line) {
        assertThatThrownBy(() -> parser.parse(1, line.getBytes(StandardCharsets.UTF_8))).as(line)
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining(why)
                .message()
                .hasSizeLessThan(600);
    }
}
