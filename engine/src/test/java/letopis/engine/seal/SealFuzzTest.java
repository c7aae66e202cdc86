package letopis.engine.seal;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link SealFuzz} with inputs that once found something, and with random ones: so many as
 * {@code -Dletopis.fuzz.runs} says, from {@code -Dletopis.fuzz.seed} on. Jazzer runs it with {@code -Pfuzz}.
 */
class SealFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.runs", 20_000);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());
    private static final int MAX_BYTES = 300;

    @ParameterizedTest
    @ValueSource(strings = {"",
            // one seal of 2^37 events is remembered, which are more chunks than an array can have
            "01010c00"})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        SealFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void noSealIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            byte[] input = new byte[random.nextInt(MAX_BYTES)];
            random.nextBytes(input);
            try {
                SealFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }
}
