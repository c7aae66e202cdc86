package letopis.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import letopis.store.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonCodecTest {
    private final JsonCodec codec = JsonCodec.DEFAULT;

    enum Size {
        SMALL, LARGE {
            @Override
            public String toString() {
                return "as large as they come";
            }
        }
    }

    record Line(String article, int count) {}

    record Everything(String text, boolean flag, int small, long large, double fraction, BigDecimal price,
            BigInteger huge,
            Instant instant, LocalDate date, OffsetDateTime offset, ZonedDateTime zoned, Duration duration, UUID id,
            Size size,
            Optional<String> note, OptionalInt floor, List<Line> lines, Set<Size> sizes, Map<String, BigDecimal> prices,
            Line nested) {}

    @Test
    void whatIsWrittenIsWhatIsReadBack() {
        Everything everything = new Everything("ünï\"\\\n\u2028😀", true, -1, Long.MIN_VALUE, 0.1 + 0.2,
                new BigDecimal("1234567890123456789012345678.10"), new BigInteger("123456789012345678901234567890"),
                Instant.parse("2026-01-31T12:00:00.123456789Z"), LocalDate.of(2024, 2, 29),
                OffsetDateTime.parse("2026-01-31T12:00:00+05:30"),
                ZonedDateTime.parse("2026-01-31T12:00:00+01:00[Europe/Oslo]"),
                Duration.ofSeconds(90, 1), UUID.fromString("0192b3c4-0000-7000-8000-000000000001"), Size.LARGE,
                Optional.of("fragile"), OptionalInt.of(3), List.of(new Line("book", 2)), Set.of(Size.SMALL),
                Map.of("book", new BigDecimal("0.10")), new Line("pen", 1));

        assertThat(codec.read(codec.write(everything), Everything.class)).isEqualTo(everything);
    }

    @Test
    void timesAreIsoTextsAndEnumsAreNamesAndDecimalsKeepTheirDigits() {
        record Price(Instant at, Size size, BigDecimal amount, Duration within) {}

        Bytes json = codec.write(
                new Price(Instant.parse("2026-01-31T12:00:00Z"), Size.LARGE, new BigDecimal("10.50"),
                        Duration.ofMinutes(90)));

        assertThat(json.toUtf8())
                .isEqualTo(
                        "{\"at\":\"2026-01-31T12:00:00Z\",\"size\":\"LARGE\",\"amount\":10.50,\"within\":\"PT1H30M\"}");
    }

    @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // what Jackson would take for properties
    record Door(String room, boolean locked, int age) {
        public boolean isOpen() {
            return !locked;
        }

        public String getLabel() {
            return room + locked;
        }
    }

    @Test
    void onlyComponentsAreWrittenAndInTheirOrder() {
        assertThat(codec.write(new Door("7", true, 3)).toUtf8())
                .isEqualTo("{\"room\":\"7\",\"locked\":true,\"age\":3}");
    }

    record Name(String first, Optional<String> middle, @Nullable String last) {}

    @Test
    void anOptionalComponentMayBeMissingOrNull() {
        assertThat(read("{\"first\":\"Ada\",\"last\":\"L\"}", Name.class))
                .isEqualTo(new Name("Ada", Optional.empty(), "L"));
        assertThat(read("{\"first\":\"Ada\",\"middle\":null,\"last\":\"L\"}", Name.class).middle()).isEmpty();
    }

    @Test
    void nullIsKept() {
        Name name = new Name("Ada", Optional.empty(), null);

        assertThat(codec.read(codec.write(name), Name.class)).isEqualTo(name);
    }

    @Test
    void aMemberThatTheRecordDoesNotHaveIsPassedOver() {
        assertThat(read("{\"article\":\"book\",\"count\":2,\"colour\":\"red\"}", Line.class))
                .isEqualTo(new Line("book", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"article\":\"book\"}", "{\"count\":1}", "{\"article\":\"book\",\"count\":null}",
            "{\"article\":\"book\",\"count\":1.5}", "{\"article\":\"book\",\"count\":\"1\"}",
            "{\"article\":7,\"count\":1}",
            "{\"article\":\"book\",\"count\":99999999999}", "{\"article\":\"book\",\"count\":1} {}",
            "{\"article\":\"book\"", "",
            "null", "[]", "\"book\"", "{\"article\":\"book\",\"count\":true}"})
    void whatIsNotSuchARecordIsRefused(String json) {
        assertThatThrownBy(() -> read(json, Line.class)).isInstanceOf(CodecException.class)
                .hasMessageContaining("Line");
    }

    record Order(List<Line> lines) {}

    @Test
    void anErrorNamesThePlaceWhereItIs() {
        assertThatThrownBy(
                () -> read("{\"lines\":[{\"article\":\"book\",\"count\":1},{\"article\":\"pen\"}]}", Order.class))
                .hasMessageContaining("count")
                .hasMessageContaining("(at lines[1]");
    }

    record Broken(int length) {
        @Override
        public int length() {
            throw new IllegalStateException("no length");
        }
    }

    @Test
    void whatCannotBeWrittenIsAnErrorThatSaysWhy() {
        assertThatThrownBy(() -> codec.write(new Broken(1))).isInstanceOf(CodecException.class)
                .hasMessageContaining("Broken")
                .hasMessageContaining("no length");
    }

    sealed interface Payment {}

    record Cash(BigDecimal amount) implements Payment {}

    sealed interface ByCard extends Payment {}

    record Debit(String card) implements ByCard {}

    record Credit(String card, int months) implements ByCard {}

    record Paid(Payment payment, List<Payment> tips, Optional<ByCard> deposit) {}

    @Test
    void aValueOfASealedTypeSaysWhichRecordItIs() {
        Paid paid = new Paid(new Cash(new BigDecimal("1.10")), List.of(new Debit("d"), new Credit("c", 3)),
                Optional.of(new Credit("c", 12)));

        Bytes json = codec.write(paid);

        assertThat(json.toUtf8()).startsWith("{\"payment\":{\"@type\":\"Cash\",\"amount\":1.10}");
        assertThat(codec.read(json, Paid.class)).isEqualTo(paid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.ProcessBuilder", "Line", "letopis.model.JsonCodecTest$Line",
            "letopis.model.JsonCodecTest$Cash"})
    void noOtherClassCanBeNamed(String type) {
        assertThatThrownBy(
                () -> read("{\"payment\":{\"@type\":\"" + type + "\",\"amount\":1},\"tips\":[]}", Paid.class))
                .isInstanceOf(CodecException.class);
    }

    private <T> T read(String json, Class<T> type) {
        return codec.read(Bytes.utf8(json), type);
    }
}
