package letopis.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The window of known ids against a list of all of them. */
class IdsTest {
    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @RepeatedTest(10)
    void whatIsInTheWindowIsFoundAndNothingElse() {
        int window = 1 + random.nextInt(3_000);
        int bits = 3 + random.nextInt(30);
        Ids ids = new Ids(window, random.nextBoolean() ? window : 0);
        List<Integer> hashes = new ArrayList<>();
        int before = random.nextInt(5_000);
        for (int i = 0; i < 20_000; i++) {
            int hash = random.nextInt() >> (32 - bits);
            hashes.add(hash);
            ids.add(hash, before + hashes.size());
            int rank = random.nextInt(hashes.size());
            int sought = hashes.get(rank);
            long position = before + 1L + rank;
            boolean known = rank >= hashes.size() - window;

            assertThat(ids.find(sought, it -> it == position)).as("seed %s", seed).isEqualTo(known ? position : 0);
        }
    }
}
