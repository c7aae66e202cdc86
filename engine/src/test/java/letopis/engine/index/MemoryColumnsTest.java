package letopis.engine.index;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Columns in memory, beyond the chunks that they begin with. */
class MemoryColumnsTest {
    private static final int SIZE = 40 * 8192 + 5;

    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void numbersAreFoundByTheirIndex() {
        LongColumn longs = new LongColumn();
        IntColumn ints = new IntColumn();
        long[] expected = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            expected[i] = random.nextLong();
            longs.set(i, expected[i]);
            ints.set(i, (int) expected[i]);
        }
        for (int i = 0; i < SIZE; i++) {
            if (longs.get(i) != expected[i] || ints.get(i) != (int) expected[i]) {
                throw new AssertionError("seed " + seed + ", index " + i);
            }
        }
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(SIZE);
            int count = random.nextInt(Math.min(20_000, SIZE - from + 1));
            long[] some = new long[count];
            longs.get(from, some, count);
            assertThat(some).as("seed %s", seed).isEqualTo(Arrays.copyOfRange(expected, from, from + count));
        }
    }

    @Test
    void aColumnMayBeginWithAnyIndex() {
        LongColumn longs = new LongColumn();
        IntColumn ints = new IntColumn();
        for (int index : new int[]{8192 * 100 + 3, 8192 * 16, 8191}) {
            longs.set(index, index);
            ints.set(index, index);
        }
        for (int index : new int[]{8192 * 100 + 3, 8192 * 16, 8191}) {
            assertThat(longs.get(index)).isEqualTo(index);
            assertThat(ints.get(index)).isEqualTo(index);
        }
    }
}
