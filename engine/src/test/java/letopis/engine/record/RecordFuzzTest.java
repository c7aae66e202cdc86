package letopis.engine.record;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Forget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link RecordFuzz} with inputs that once found something, and with random changes of right payloads: so many as
 * {@code -Dletopis.fuzz.runs} says, from {@code -Dletopis.fuzz.seed} on. Jazzer runs it with {@code -Pfuzz}.
 */
class RecordFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.runs", 300_000);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());

    @ParameterizedTest
    @ValueSource(strings = {"", "00"})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        RecordFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void noChangeOfAPayloadIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        List<byte[]> right = right();
        for (int run = 0; run < RUNS; run++) {
            byte[] input = changed(right.get(random.nextInt(right.size())), random);
            try {
                RecordFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }

    private static byte[] changed(byte[] payload, Random random) {
        byte[] changed = Arrays.copyOf(payload, Math.max(0, payload.length + random.nextInt(12) - 8));
        for (int changes = random.nextInt(5); changes > 0 && changed.length > 0; changes--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(changed.length, 48) : changed.length);
            changed[at] = (byte) switch (random.nextInt(4)) {
                case 0 -> 0xff;
                case 1 -> 0x7f;
                case 2 -> changed[at] ^ 1 << random.nextInt(8);
                default -> random.nextInt(256);
            };
        }
        return changed;
    }

    private static List<byte[]> right() {
        PreparedEvent plain = PreparedEvent.of(Name.of("order-17"), Event.of("OrderCreated", "{}"));
        plain.complete(true, 1_700_000_000_000_000L, 300, 200);
        PreparedEvent rich = PreparedEvent.of(Name.of("order-17"), Event.of("OrderCreated", "{\"a\":1}")
                .withContentType("text/plain")
                .withMetadata(Bytes.utf8("meta"))
                .withTags("a:1", "b:2", "cé:3"));
        rich.complete(false, -1, Long.MAX_VALUE, 0);
        return List.of(payload(plain), payload(rich),
                new ForgetRecord(Forget.before("order-17", 3), 1, 3).encode(),
                new ForgetRecord(Forget.tombstone("order-17"), 1, 3).encode(),
                new ForgetRecord(Forget.beyond("order-17",
                        new Forget.Retention(Optional.of(Duration.ofDays(1)), OptionalLong.of(7))), 1, 0).encode(),
                new FloorRecord(Name.of("order-17"), 1, 3, 300, 2).encode(),
                new TagsRecord.Added(300, Set.of("a:1", "b:2")).encode(),
                new TagsRecord.Reached(300, "by-stream").encode());
    }

    private static byte[] payload(PreparedEvent event) {
        return Arrays.copyOfRange(event.array(), event.payloadOffset(), event.array().length);
    }
}
