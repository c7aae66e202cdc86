package letopis.engine.index.run;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers come out of a column as they went in, however far apart they lie. */
class ColumnTest {
    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 31, 32, 33, 55, 56, 57, 60, 63, 64})
    void numbersOfAnyWidthAreFoundByTheirRank(int bits) throws IOException {
        for (int size : new int[]{0, 1, 63, 64, 65, 127, 128, 1_000, 1_100}) {
            long[] numbers = new long[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = 1_000 + (bits == 0 ? 0 : random.nextLong() >>> (64 - bits) >>> (bits == 64 ? 1 : 0));
            }
            HeapSink sink = new HeapSink();
            PageOutput out = new PageOutput(sink);
            out.putByte(0);
            ColumnWriter writer = new ColumnWriter(out);
            writer.add(numbers, size);
            long at = writer.end();
            long end = out.at();
            out.putChecksums();
            Column column = new Column(new Pages("a run", MemorySegment.ofArray(sink.toBytes()), end), at);

            for (int rank = 0; rank < size; rank++) {
                assertThat(column.get(rank)).as("seed %s, %s of %s", seed, rank, size).isEqualTo(numbers[rank]);
                int count = 1 + random.nextInt(Math.min(200, size - rank));
                long[] some = new long[count];
                column.get(rank, some, count);
                assertThat(some).as("seed %s, %s from %s of %s", seed, count, rank, size)
                        .isEqualTo(Arrays.copyOfRange(numbers, rank, rank + count));
            }
            assertThat(end).as("bytes")
                    .isLessThanOrEqualTo(1 + 8 + (size + 63) / 64 * 17L
                            + size * (long) (bits > 56 ? 64 : bits) / 8 + (size + 63) / 64);
        }
    }
}
