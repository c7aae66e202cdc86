package letopis.engine;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link IndexFuzz} with inputs that once found something, and with random ones: so many as
 * {@code -Dletopis.fuzz.index} says, from {@code -Dletopis.fuzz.seed} on.
 */
@Timeout(7200)
class IndexFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.index", 300);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());

    @ParameterizedTest
    @ValueSource(strings = {"", "d028e3f34d457a23e8015e47"})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        IndexFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void noIndexIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            byte[] input = new byte[4 * (1 + random.nextInt(3))];
            random.nextBytes(input);
            try {
                IndexFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }
}
