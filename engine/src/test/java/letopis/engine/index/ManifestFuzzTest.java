package letopis.engine.index;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link ManifestFuzz} with inputs that once found something, and with random ones: so many as
 * {@code -Dletopis.fuzz.runs} says, from {@code -Dletopis.fuzz.seed} on. Jazzer runs it with {@code -Pfuzz}.
 */
class ManifestFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.runs", 20_000);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());
    private static final int MAX_BYTES = 260;

    @ParameterizedTest
    @ValueSource(strings = {""})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        ManifestFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void noManifestIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            byte[] input = new byte[random.nextInt(MAX_BYTES)];
            random.nextBytes(input);
            try {
                ManifestFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }
}
