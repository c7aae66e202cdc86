package letopis.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppendTest {
    private static final Event A = Event.of("A", "{}");
    private static final Event B = Event.of("B", "{}");

    @Test
    void eventsForSeveralStreamsKeepTheirOrderAndConditions() {
        Append append = Append.to("account-a")
                .expectingRevision(7)
                .of(A)
                .andTo("account-b")
                .expectingNoStream()
                .of(B)
                .failIfEventsMatch(Query.tag("t"), 9);

        assertThat(append.entries()).containsExactly(new Append.Entry("account-a", A),
                new Append.Entry("account-b", B));
        assertThat(append.conditions()).containsExactly(new Condition.StreamAt("account-a", 7),
                new Condition.NoStream("account-b"),
                new Condition.NoEventsMatch(Query.tag("t"), 9));
    }

    @Test
    void newIdsMakeItAnotherAppend() {
        Append append = Append.to("s").expectingStream().of(A);

        assertThat(append.withNewIds()).isNotEqualTo(append);
        assertThat(append.withNewIds().conditions()).isEqualTo(append.conditions());
        assertThat(append.withNewIds().entries().getFirst().event().withId(A.id())).isEqualTo(A);
    }

    @Test
    void theTimeGivenIsInWholeMicroseconds() {
        assertThat(Append.to("s")
                .of(A)
                .recordedAt(Instant.parse("2026-01-01T00:00:00.123456789Z"))
                .recordedTime()
                .orElseThrow()
                .time())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    }

    @Test
    void whatHasNoMeaningIsRefused() {
        assertThatThrownBy(() -> Append.to("s").of()).hasMessageContaining("no event given for stream s");
        assertThatThrownBy(() -> Append.to("s").of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Append.to("s").expectingRevision(-1)).hasMessageContaining("NoStream");
        assertThatThrownBy(() -> Append.to("s").of(A).failIfEventsMatch(Query.all(), -1))
                .hasMessageContaining("position -1");
        assertThatThrownBy(() -> new Appended(1, 2, Map.of("s", 0L)).revision("t")).hasMessageContaining("[s]");
    }

    @Test
    void bytesAreComparedByContentAndNeverChange() {
        byte[] array = {1, 2, 3};
        Bytes bytes = Bytes.of(array);
        array[0] = 9;

        assertThat(bytes).isEqualTo(Bytes.wrap(new byte[]{0, 1, 2, 3, 4}, 1, 3))
                .hasSameHashCodeAs(Bytes.wrap(new byte[]{1, 2, 3}));
        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
        assertThat(bytes.toBuffer().isReadOnly()).isTrue();
        assertThatThrownBy(() -> Bytes.wrap(array, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
