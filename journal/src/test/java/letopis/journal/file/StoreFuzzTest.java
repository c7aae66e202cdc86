package letopis.journal.file;

import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link StoreFuzz} with inputs that once found something, and with random ones: so many as
 * {@code -Dletopis.fuzz.runs} says, from {@code -Dletopis.fuzz.seed} on. Jazzer, which is led by coverage, runs it with
 * {@code -Pfuzz}.
 */
@Timeout(7200)
class StoreFuzzTest {
    private static final int RUNS = Integer.getInteger("letopis.fuzz.runs", 8_000);
    private static final long SEED = Long.getLong("letopis.fuzz.seed", new Random().nextLong());
    private static final int MAX_BYTES = 64;

    @ParameterizedTest
    @ValueSource(strings = {"",
            // a superblock with a right checksum and an alignment of -1 bytes
            "15e5414cf2a679a6eb34e9d5264048f8808087d4d77fc2078ddd774f3e8f9093c05d86ce7bb02b606e7c5f34fe085d9ead0c",
            // a publication marker with a right checksum that names a segment that no store can have
            "03dff6bd77516e48f526a4a00e5b85b7838bb4a6f0205101867fd9da238a0d059d80d5839ecb9195ccc05ddc"})
    void whatOnceFoundSomethingFindsNothingNow(String hex) {
        StoreFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
    }

    @Test
    void noChangeOfTheFilesIsAnsweredWithAnErrorOfOurs() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            byte[] input = new byte[1 + random.nextInt(MAX_BYTES)];
            random.nextBytes(input);
            try {
                StoreFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(input) + ": " + e, e);
            }
        }
    }
}
