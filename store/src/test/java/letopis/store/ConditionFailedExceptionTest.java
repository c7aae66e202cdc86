package letopis.store;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionFailedExceptionTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aStreamThatMovedOnIsExplained() {
        var conflict = ConditionFailedException.stream(new Condition.StreamAt("order-17", 4),
                Optional.of(info(StreamInfo.State.OPEN)),
                Optional.of(shipped("{\"actor\":\"ann\",\"command\":\"ShipOrder\"}")));

        assertThat(conflict).hasMessage(
                "append refused: stream order-17 was expected at revision 4 and is at 6 (position 10233); recorded "
                        + NOON + ", by command ShipOrder, by ann");
        assertThat(conflict.actor()).contains("ann");
        assertThat(conflict.command()).contains("ShipOrder");
        assertThat(conflict.item()).isEmpty();
    }

    @Test
    void aStreamThatIsNotThereIsExplained() {
        assertThat(ConditionFailedException.stream(new Condition.StreamExists("order-17"), Optional.empty(),
                Optional.empty()))
                .hasMessage("append refused: stream order-17 was expected to exist and does not exist");
        assertThat(ConditionFailedException.stream(new Condition.StreamAt("order-17", 6),
                Optional.of(info(StreamInfo.State.DELETED)),
                Optional.empty()))
                .hasMessage("append refused: stream order-17 was expected at revision 6 and was deleted at revision 6");
        assertThat(ConditionFailedException.stream(new Condition.NoStream("order-17"),
                Optional.of(info(StreamInfo.State.OPEN)),
                Optional.empty()))
                .hasMessage(
                        "append refused: stream order-17 was expected not to exist and is at revision 6 (position 10233)");
    }

    @Test
    void theItemThatWasHitIsNamed() {
        var condition = new Condition.NoEventsMatch(Query.tag("email:a").or(Query.type("OrderShipped")), 7);

        var conflict = ConditionFailedException.query(condition, 1, shipped(""));

        assertThat(conflict).hasMessage(
                "append refused: no event after position 7 was expected to match \"tag email:a; or type OrderShipped\""
                        + " (item 2: type OrderShipped) and OrderShipped in stream order-17 at revision 6 does (position 10233); recorded "
                        + NOON);
        assertThat(conflict.item()).hasValue(1);
        assertThat(conflict.actor()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"actor":"ann"}                                  | ann
            { "x" : {"actor":"inner"} , "actor" : "ann" }    | ann
            {"x":["actor","b"],"y":"actor","actor":"a\\"\\u0041"} | a"A
            {"actor":7}                                      |
            {"actor":{"name":"ann"}}                         |
            {"x":{"actor":"ann"}}                            |
            ["actor","ann"]                                  |
            {"actor":"ann                                    |
            {"actor":"\\u12"}                                |
            {"actor"                                         |
            ``                                               |
            """)
    void aTextIsFoundAtTheTopOfTheMetadataOnly(String metadata, String actor) {
        assertThat(shipped(metadata).metadataText("actor")).isEqualTo(Optional.ofNullable(actor));
    }

    private static StreamInfo info(StreamInfo.State state) {
        return new StreamInfo("order-17", state, 0, 6, 10233, NOON, Forget.Retention.EVERYTHING);
    }

    private static RecordedEvent shipped(String metadata) {
        return new RecordedEvent("order-17", 6, 10233, NOON,
                Event.of("OrderShipped", "{}").withMetadata(Bytes.utf8(metadata)));
    }
}
