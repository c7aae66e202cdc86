package letopis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any of the files of an index may be deleted while the store is closed: they are made anew, and the answers are the same. All
 * subsets of a small store, and of a larger one {@code -Dletopis.index.subsets} (20) at random, from
 * {@code -Dletopis.index.seed}.
 */
@Timeout(7200)
class IndexDeletedTest {
    private static final int SUBSETS = Integer.getInteger("letopis.index.subsets", 20);
    private static final long SEED = Long.getLong("letopis.index.seed", new Random().nextLong());
    /** So many subsets are all of them. */
    private static final int MOST_FILES = 7;

    @Test
    void anyFilesOfASmallIndexMayBeMissing() {
        StoreToDamage store = StoreToDamage.of(1 << 16, false, SEED);
        List<String> files = indexFiles(store);
        while (files.size() > MOST_FILES) {
            files.remove(files.size() / 2); // of the runs; manifest and tags stay among them
        }
        assertThat(files).hasSizeGreaterThan(2).contains("index/manifest").anyMatch(it -> it.endsWith(".tags"));
        for (int subset = 1; subset < 1 << files.size(); subset++) {
            delete(store, files, subset);
        }
    }

    @Test
    void anyFilesOfAnIndexMayBeMissing() {
        Random random = new Random(SEED);
        StoreToDamage store = StoreToDamage.of(1 << 19, false, SEED);
        List<String> files = indexFiles(store);
        for (int i = 0; i < SUBSETS; i++) {
            delete(store, files, 1L + random.nextLong((1L << files.size()) - 1));
        }
    }

    private static List<String> indexFiles(StoreToDamage store) {
        return new ArrayList<>(store.disk().files().stream().filter(it -> it.startsWith("index/")).toList());
    }

    private static void delete(StoreToDamage store, List<String> files, long subset) {
        BytesDisk disk = store.copy();
        List<String> deleted = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if ((subset & 1L << i) != 0) {
                disk.delete(files.get(i));
                deleted.add(files.get(i));
            }
        }
        String what = "without " + deleted + ", seed " + SEED;
        assertThat(new DamageJudge(store).isRefused(disk, what)).as(what).isFalse();
        try (EmbeddedEventStore rebuilt = StoreToDamage.openForWriting(disk)) {
            assertThat(rebuilt.stats().index().rebuilt()).as(what).isTrue();
        }
        assertThat(DamageJudge.verify(disk)).as(what).isEmpty();
        assertThat(new DamageJudge(store).isRefusedReadOnly(disk, what)).as(what).isFalse();
    }
}
