package letopis.proof;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link ProofFuzz} with inputs that once found something, and with random ones: so many as
 * {@code -Dletopis.fuzz.proofs} says, from {@code -Dletopis.fuzz.seed} on. Jazzer runs it with {@code -Pfuzz}.
 */
class ProofFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.proofs", 5_000);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());
    private static final int MAX_BYTES = 80;

    @ParameterizedTest
    @ValueSource(strings = {"",
            // a public key that is no point of the curve
            "984cd02bdc13954addff1a"})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        ProofFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void noTextIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            byte[] input = new byte[random.nextInt(random.nextInt(4) == 0 ? MAX_BYTES : 13)];
            random.nextBytes(input);
            try {
                ProofFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }
}
