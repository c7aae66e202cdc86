package letopis.engine.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A decoder remembers texts of the events before; what it remembers must never be taken for another. */
class EventDecoderTest {
    private final EventDecoder decoder = new EventDecoder();

    private RecordedEvent decode(String stream, Event event, long micros) throws MalformedRecordException {
        PreparedEvent prepared = PreparedEvent.of(Name.of(stream), event);
        prepared.complete(true, micros, 2, 1);
        byte[] array = prepared.array();
        assertThat(prepared.payloadLength()).isEqualTo(array.length - prepared.payloadOffset());
        assertThat(prepared.maxPayloadBytes()).isGreaterThanOrEqualTo(prepared.payloadLength());
        RecordedEvent decoded = decoder.decode(array, prepared.payloadOffset(), prepared.payloadLength());
        assertThat(decoded).isEqualTo(EventRecord.decode(array, prepared.payloadOffset(), prepared.payloadLength()));
        return decoded;
    }

    /** Names of every length that differ at each place in turn, one after the other. */
    @Test
    void textsThatDifferAnywhereAreToldApart() throws MalformedRecordException {
        for (int length : new int[]{1, 2, 7, 8, 9, 15, 16, 17, 31, 127, 128, 129, 130}) {
            String same = "x".repeat(length);
            for (int at = 0; at < length; at++) {
                String other = same.substring(0, at) + "y" + same.substring(at + 1);
                for (String text : new String[]{same, same, other, same}) {
                    Event event = new Event(new UUID(1, 2), text, Event.JSON, Bytes.empty(), Bytes.empty(),
                            Set.of(text));
                    RecordedEvent decoded = decode(text, event, 5);
                    assertThat(decoded.stream()).isEqualTo(text);
                    assertThat(decoded.event().type()).isEqualTo(text);
                    assertThat(decoded.event().tags()).containsExactly(text);
                }
            }
        }
    }

    @Test
    void theSameTextIsTheSameObjectUpTo128Bytes() throws MalformedRecordException {
        for (int length : new int[]{1, 8, 100, 128}) {
            String name = "n".repeat(length);
            Event event = Event.of(name, "{}").withTags(name);
            RecordedEvent first = decode(name, event, 7);
            RecordedEvent second = decode(name, event, 7);
            assertThat(second.stream()).isSameAs(first.stream());
            assertThat(second.event().type()).isSameAs(first.event().type());
            assertThat(second.event().tags()).isSameAs(first.event().tags());
            assertThat(second.time()).isSameAs(first.time());
        }
        String longer = "n".repeat(129);
        assertThat(decode(longer, Event.of("T", "{}"), 7).stream())
                .isNotSameAs(decode(longer, Event.of("T", "{}"), 7).stream());
    }

    @Test
    void severalTypesAreRememberedAtATime() throws MalformedRecordException {
        String[] types = {"OrderPlaced", "OrderPaid", "ItemAdded", "Shipped", "Delivered", "Cancelled"};
        Set<String> first = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < types.length; i++) {
            first.add(decode("s", Event.of(types[i], "{}"), 1).event().type());
        }
        long remembered = 0;
        for (int i = 0; i < types.length; i++) {
            String again = decode("s", Event.of(types[i], "{}"), 1).event().type();
            assertThat(again).isEqualTo(types[i]);
            remembered += first.contains(again) ? 1 : 0;
        }
        assertThat(remembered).as("of %s", Arrays.toString(types)).isGreaterThanOrEqualTo(4);
    }

    @Test
    void timesAreToTheMicrosecondAlsoBeforeTheEpoch() throws MalformedRecordException {
        assertThat(decode("s", Event.of("T", "{}"), 0).time()).isEqualTo(Instant.EPOCH);
        assertThat(decode("s", Event.of("T", "{}"), -1).time()).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(decode("s", Event.of("T", "{}"), 1_000_001).time())
                .isEqualTo(Instant.parse("1970-01-01T00:00:01.000001Z"));
    }
}
