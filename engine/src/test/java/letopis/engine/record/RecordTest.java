package letopis.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The payloads of records: what is written is read, byte for byte as the format says, and nothing else is believed. */
class RecordTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final Event PLAIN = Event.of("T", "{}").withId(ID);
    private static final Event RICH = new Event(ID, "Tyé", "text/plain", Bytes.utf8("data"), Bytes.utf8("meta"),
            Set.of("a:1", "b:2"));

    @Test
    void formOfAnEventIsThatOfTheFormat() throws MalformedRecordException {
        assertThat(hex(encode("s-1", PLAIN, true, 0x0102030405L, 1, 0))).isEqualTo(
                "01" + "0504030201000000" + "01" + "00" + "00112233445566778899aabbccddeeff" + "03732d31" + "0154"
                        + "7b7d");
        assertThat(hex(encode("s", RICH, false, -1, 300, 200))).isEqualTo(
                "0e" + "ffffffffffffffff" + "ac02" + "c801" + "00112233445566778899aabbccddeeff" + "0173" + "045479c3a9"
                        + "0a746578742f706c61696e" + "02" + "03613a31" + "03623a32" + "046d657461" + "64617461");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, 1L << 31, (1L << 32) - 1, (1L << 56) - 1, Long.MAX_VALUE})
    void whatIsWrittenIsRead(long number) throws MalformedRecordException {
        for (Event event : new Event[]{PLAIN, RICH}) {
            byte[] payload = encode("order-17", event, true, number, number, number);

            Instant time = Instant.EPOCH.plus(number, ChronoUnit.MICROS);
            assertThat(EventRecord.decode(payload, 0, payload.length))
                    .isEqualTo(new RecordedEvent("order-17", number, number, time, event));
            EventKeys keys = new EventKeys();
            keys.take(ByteBuffer.wrap(payload).asReadOnlyBuffer());
            assertThat(keys.position()).isEqualTo(number);
            assertThat(keys.revision()).isEqualTo(number);
            assertThat(keys.timeMicros()).isEqualTo(number);
            assertThat(new UUID(keys.idHigh(), keys.idLow())).isEqualTo(ID);
            assertThat(keys.isLastOfItsAppend()).isTrue();
            assertThat(text(keys, keys.streamOffset(), keys.streamLength())).isEqualTo("order-17");
            assertThat(text(keys, keys.typeOffset(), keys.typeLength())).isEqualTo(event.type());
            assertThat(keys.tagCount()).isEqualTo(event.tags().size());
            if (keys.tagCount() > 0) {
                assertThat(text(keys, keys.tagOffset(1), keys.tagLength(1))).isEqualTo("b:2");
            }
        }
    }

    @Test
    void plainEventTakesFewBytes() {
        assertThat(encode("", Event.of("", ""), true, Long.MAX_VALUE, 1_000_000, 100).length).isLessThanOrEqualTo(35);
    }

    @Test
    void whatIsCutOffIsNoEvent() {
        byte[] payload = encode("order-17", RICH, true, 1, 2, 3);
        int beforeData = payload.length - 4;
        for (int length = 0; length < beforeData; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> EventRecord.decode(cut, 0, cut.length)).as("cut to %s", length)
                    .isInstanceOf(MalformedRecordException.class);
            assertThatThrownBy(() -> new EventKeys().take(ByteBuffer.wrap(cut))).as("cut to %s", length)
                    .isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void anyBytesAreAnEventOrNone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] payload = encode("order-17", RICH, true, 1, 2, 3);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = payload.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                EventRecord.decode(bytes, 0, bytes.length);
                new EventKeys().take(ByteBuffer.wrap(bytes));
            } catch (MalformedRecordException e) {
                assertThat(e).as("seed %s", seed).hasMessageMatching(".+");
            }
        }
    }

    @Test
    void formOfWhatForgetsIsThatOfTheFormat() {
        assertThat(hex(new ForgetRecord(Forget.before("s", 300), 1, 300).encode()))
                .isEqualTo("01" + "0100000000000000" + "ac02" + "0173");
        assertThat(hex(new ForgetRecord(Forget.beyond("s",
                new Retention(Optional.of(Duration.ofSeconds(5, 7)), OptionalLong.of(9))), 1, 0).encode()))
                .isEqualTo("02" + "0100000000000000" + "00" + "0173" + "03" + "05" + "07" + "09");
        assertThat(hex(new ForgetRecord(Forget.delete("s"), 1, 5).encode())).startsWith("03").endsWith("05" + "0173");
        assertThat(hex(new ForgetRecord(Forget.tombstone("s"), 1, 5).encode())).startsWith("04");
    }

    @Test
    void formOfAFloorIsThatOfTheFormat() throws MalformedRecordException {
        FloorRecord floor = new FloorRecord(Name.of("s"), 1, 300, 200, -1);
        String form = "05" + "0100000000000000" + "ac02" + "0173" + "c801" + "ffffffffffffffff";
        assertThat(hex(floor.encode())).isEqualTo(form);
        assertThat(FloorRecord.decode(ByteBuffer.wrap(HexFormat.of().parseHex(form)))).isEqualTo(floor);
    }

    @Test
    void formOfWhatTagsIsThatOfTheFormat() throws MalformedRecordException {
        assertForm(new TagsRecord.Added(300, new TreeSet<>(Set.of("a:1", "b:2"))),
                "01" + "ac02" + "02" + "03613a31" + "03623a32");
        assertForm(new TagsRecord.Reached(200, "s"), "02" + "c801" + "0173");
        assertThat(TagsRecord.decode(ByteBuffer.wrap(new byte[5]))).as("erased").isEmpty();
    }

    private static void assertForm(TagsRecord record, String form) throws MalformedRecordException {
        assertThat(hex(record.encode())).isEqualTo(form);
        assertThat(TagsRecord.decode(ByteBuffer.wrap(HexFormat.of().parseHex(form)))).contains(record);
    }

    @Test
    void whatForgetsIsRead() throws MalformedRecordException {
        for (Forget forget : new Forget[]{Forget.before("order-17", 4), Forget.delete("order-17"),
                Forget.tombstone("s"),
                Forget.beyond("s", Retention.EVERYTHING), Forget.beyond("s", Retention.maxCount(Long.MAX_VALUE)),
                Forget.beyond("s", Retention.maxAge(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))}) {
            ForgetRecord record = new ForgetRecord(forget, 77, forget instanceof Forget.Retain ? 0 : 4);
            byte[] payload = record.encode();

            assertThat(ForgetRecord.decode(ByteBuffer.wrap(payload))).isEqualTo(record);
            assertThatThrownBy(() -> ForgetRecord.decode(ByteBuffer.wrap(Arrays.copyOf(payload, payload.length + 1))))
                    .isInstanceOf(MalformedRecordException.class);
            assertThatThrownBy(() -> ForgetRecord.decode(ByteBuffer.wrap(payload, 0, payload.length - 1)))
                    .isInstanceOf(MalformedRecordException.class);
        }
        assertThatThrownBy(() -> ForgetRecord.decode(ByteBuffer.wrap(HexFormat.of().parseHex("05" + "00".repeat(11)))))
                .hasMessageContaining("no way to forget of number 5");
    }

    private static byte[] encode(String stream, Event event, boolean last, long time, long position, long revision) {
        PreparedEvent prepared = PreparedEvent.of(Name.of(stream), event);
        prepared.complete(last, time, position, revision);
        return Arrays.copyOfRange(prepared.array(), prepared.payloadOffset(), prepared.array().length);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(EventKeys keys, int offset, int length) {
        return new String(keys.array(), offset, length, StandardCharsets.UTF_8);
    }
}
