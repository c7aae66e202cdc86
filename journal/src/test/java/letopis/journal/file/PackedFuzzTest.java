package letopis.journal.file;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link PackedFuzz} with inputs that once found something, and with random ones: so many as
 * {@code -Dletopis.fuzz.packed} says, from {@code -Dletopis.fuzz.seed} on. Jazzer runs it with {@code -Pfuzz}.
 */
@Timeout(7200)
class PackedFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.packed", 3_000);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());
    private static final int MAX_BYTES = 12;

    @ParameterizedTest
    @ValueSource(strings = {"",
            // letopis.forced with right checksums that names a segment that no store can have
            "1b0cb5d8110cbfd2f2b04f"})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        PackedFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void nothingPackedIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            byte[] input = new byte[1 + random.nextInt(MAX_BYTES)];
            random.nextBytes(input);
            try {
                PackedFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }
}
