package letopis.store;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitsTest {
    private static final Limits SMALL = new Limits(10, 15, 3, 8, 6, 20, 4, 2);

    @Test
    void whatIsAtEveryLimitPasses() {
        Event event = Event.of("Typed1", "12345678").withMetadata(Bytes.utf8("{}")).withTags("tag1", "tag2");

        assertThatCode(() -> SMALL.check(Append.to("stream-1").of(event))).doesNotThrowAnyException();
    }

    @Test
    void whatIsOneBeyondALimitIsNamed() {
        assertThat(refusal(Append.to("stream-12").of(event()))).isEqualTo("maxStreamNameBytes 8 9");
        assertThat(refusal(Append.to("s").of(Event.of("Typed12", "1")))).isEqualTo("maxTypeBytes 6 7");
        assertThat(refusal(Append.to("s").of(event().withContentType("x".repeat(21)))))
                .isEqualTo("maxContentTypeBytes 20 21");
        assertThat(refusal(Append.to("s").of(Event.of("T", "12345678901")))).isEqualTo("maxEventBytes 10 11");
        assertThat(refusal(Append.to("s").of(Event.of("T", "1").withMetadata(Bytes.utf8("1234567890")))))
                .isEqualTo("maxEventBytes 10 11");
        assertThat(refusal(Append.to("s").of(Event.of("T", "12345678"), Event.of("T", "12345678"))))
                .isEqualTo("maxAppendBytes 15 16");
        assertThat(refusal(Append.to("s").of(event(), event(), event(), event()))).isEqualTo("maxAppendEvents 3 4");
        assertThat(refusal(Append.to("s").of(event().withTags("tag12")))).isEqualTo("maxTagBytes 4 5");
        assertThat(refusal(Append.to("s").of(event().withTags("a", "b", "c")))).isEqualTo("maxTags 2 3");
    }

    @Test
    void lengthsAreCountedInBytesOfUtf8() {
        assertThat(refusal(Append.to("éééé1").of(event()))).isEqualTo("maxStreamNameBytes 8 9");
        assertThatCode(() -> SMALL.check(Append.to("éééé").of(event()))).doesNotThrowAnyException();
        assertThatCode(() -> SMALL.check(Append.to("😀😀").of(event()))).doesNotThrowAnyException();
    }

    @Test
    void namesOfConditionsAreCheckedToo() {
        assertThat(refusal(Append.to("s").of(event()).onlyIf(new Condition.NoStream("stream-12"))))
                .isEqualTo("maxStreamNameBytes 8 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u007f", "\u0085", "\ud800", "a\udc00b", "\udc00\ud800"})
    void whatIsNoNameIsRefused(String name) {
        List<Append> appends = List.of(Append.to(name).of(event()), Append.to("s").of(Event.of(name, "1")),
                Append.to("s").of(event().withTags(name)), Append.to("s").of(event().withContentType(name)));
        for (Append append : appends) {
            assertThatThrownBy(() -> Limits.DEFAULT.check(append)).isInstanceOfSatisfying(InvalidNameException.class,
                    it -> {
                        assertThat(it.name()).isEqualTo(name);
                        assertThat(it.getMessage()).doesNotContainPattern("\\p{Cntrl}").contains(it.kind());
                    });
        }
    }

    @Test
    void twoEventsWithOneIdAreRefused() {
        Event event = event();

        assertThatThrownBy(() -> SMALL.check(Append.to("s").of(event, event)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(event.id().toString());
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(10, 9, 1, 1, 1, 1, 1, 1)).hasMessageContaining("would not fit");
    }

    @Test
    void aLongNameIsShortenedInTheMessage() {
        Set<String> tags = new TreeSet<>(IntStream.range(0, 1).mapToObj(i -> "t".repeat(5000)).toList());

        assertThatThrownBy(() -> Limits.DEFAULT.check(Append.to("s").of(event().withTags(tags)))).message()
                .hasSizeLessThan(200);
    }

    private static Event event() {
        return Event.of("T", "1");
    }

    private static String refusal(Append append) {
        try {
            SMALL.check(append);
        } catch (LimitExceededException e) {
            assertThat(e.getMessage()).contains(e.limit(), Long.toString(e.allowed()), Long.toString(e.actual()));
            return e.limit() + " " + e.allowed() + " " + e.actual();
        }
        return "passed";
    }
}
