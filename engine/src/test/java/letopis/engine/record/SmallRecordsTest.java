package letopis.engine.record;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import letopis.store.Forget;
import letopis.store.Forget.Retention;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Floors, what forgets and what tags, with the largest and the smallest numbers, and with those that cannot be. */
class SmallRecordsTest {
    private static final String LONG_NAME = "ü€".repeat(60);

    @Test
    void theLargestOfEachFitIn() throws MalformedRecordException {
        FloorRecord floor = new FloorRecord(Name.of(LONG_NAME), Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
                0x0807060504030201L);
        assertThat(FloorRecord.decode(ByteBuffer.wrap(floor.encode()))).isEqualTo(floor);

        ForgetRecord forget = new ForgetRecord(Forget.beyond(LONG_NAME,
                new Retention(Optional.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
                        OptionalLong.of(Long.MAX_VALUE))),
                0x0807060504030201L, Long.MAX_VALUE);
        assertThat(ForgetRecord.decode(ByteBuffer.wrap(forget.encode()))).isEqualTo(forget);

        TagsRecord added = new TagsRecord.Added(Long.MAX_VALUE, new TreeSet<>(Set.of(LONG_NAME, "€".repeat(50))));
        assertThat(TagsRecord.decode(ByteBuffer.wrap(added.encode()))).contains(added);
        TagsRecord reached = new TagsRecord.Reached(Long.MAX_VALUE, "€".repeat(400));
        assertThat(TagsRecord.decode(ByteBuffer.wrap(reached.encode()))).contains(reached);
        TagsRecord none = new TagsRecord.Added(1, Collections.emptySortedSet());
        assertThat(TagsRecord.decode(ByteBuffer.wrap(none.encode()))).contains(none);
    }

    @Test
    void aFloorKeepsAtLeastFromRevisionOneOnAndComesAfterAnEvent() throws MalformedRecordException {
        FloorRecord lowest = new FloorRecord(Name.of("s"), 1, 1, 1, 1);
        byte[] payload = lowest.encode();
        assertThat(FloorRecord.decode(ByteBuffer.wrap(payload))).isEqualTo(lowest);
        assertThat(FloorRecord.isAt(ByteBuffer.wrap(payload))).isTrue();
        assertThat(FloorRecord.isAt(ByteBuffer.wrap(payload, 1, payload.length - 1))).isFalse();
        assertThat(FloorRecord.isAt(ByteBuffer.allocate(0))).isFalse();
        for (byte[] wrong : new byte[][]{with(payload, 0, 4), with(payload, 9, 0), with(payload, 12, 0),
                Arrays.copyOf(payload, payload.length + 1)}) {
            assertThatThrownBy(() -> FloorRecord.decode(ByteBuffer.wrap(wrong)))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("a floor that cannot be");
        }
    }

    @Test
    void whatTagsIsOfAKnownWayAndEndsWhereItEnds() {
        byte[] payload = new TagsRecord.Reached(1, "s").encode();
        assertThatThrownBy(() -> TagsRecord.decode(ByteBuffer.wrap(with(payload, 0, 3))))
                .hasMessageContaining("no way to tag of number 3");
        assertThatThrownBy(() -> TagsRecord.decode(ByteBuffer.wrap(Arrays.copyOf(payload, payload.length + 2))))
                .hasMessageContaining("2 bytes too many");
    }

    @Test
    void aRetentionThatCannotBeIsRefused() {
        for (String retention : new String[]{"0100" + "00", "0200", "01" + "ffffffffffffffff7f" + "ff93ebdc0f"}) {
            byte[] payload = HexFormat.of().parseHex("02" + "00".repeat(8) + "00" + "0173" + retention);
            assertThatThrownBy(() -> ForgetRecord.decode(ByteBuffer.wrap(payload))).as(retention)
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("a retention that cannot be");
        }
    }

    private static byte[] with(byte[] payload, int at, int value) {
        byte[] changed = payload.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
