package letopis.engine.index;

import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A cursor over an array against a set, both ways, sent ahead by any distance. */
class ArrayCursorTest {
    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @RepeatedTest(100)
    void itGivesWhatIsInTheRangeOnceAndNeverGoesBack() {
        TreeSet<Long> all = new TreeSet<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            all.add(1 + random.nextLong(60));
        }
        long lowest = 1 + random.nextLong(60);
        long highest = random.nextLong(62);
        boolean backwards = random.nextBoolean();
        TreeSet<Long> left = new TreeSet<>();
        all.stream()
                .filter(it -> it >= lowest && it <= highest)
                .map(it -> PositionCursor.key(it, backwards))
                .forEach(left::add);
        ArrayCursor cursor = new ArrayCursor(all.stream().mapToLong(Long::longValue).toArray(), lowest, highest,
                backwards);
        assertThat(cursor.left()).as("seed %s", seed).isEqualTo(left.size());
        long key = backwards ? -70 : 0;
        for (int i = 0; i < 30; i++) {
            long asked = Math.max(key, key + random.nextInt(5) - 1);
            left.headSet(asked).clear();
            long expected = left.isEmpty() ? PositionCursor.END : left.getFirst();
            assertThat(cursor.seek(asked)).as("seed %s", seed).isEqualTo(expected);
            assertThat(cursor.left()).as("seed %s", seed).isEqualTo(left.size());
            assertThat(cursor.seek(key - 3)).as("seed %s: never back", seed).isEqualTo(expected);
            key = asked;
        }
    }
}
