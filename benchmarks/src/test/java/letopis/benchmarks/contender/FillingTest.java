package letopis.benchmarks.contender;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A filling is what it says: streams of three sizes in order, ten events a tag, one event of a hundred rare. */
class FillingTest {
    @ParameterizedTest
    @EnumSource
    void hasStreamsOfThreeSizesInOrder(Filling.Layout layout) throws Exception {
        Filling filling = new Filling(20_000, layout);
        Map<String, Long> revisions = new HashMap<>();
        Map<String, Integer> tags = new HashMap<>();
        long[] rare = {0};

        filling.into(batch -> {
            assertThat(revisions.getOrDefault(batch.stream(), -1L)).isEqualTo(batch.expectedRevision());
            revisions.put(batch.stream(), batch.expectedRevision() + batch.events().size());
            for (Sample event : batch.events()) {
                assertThat(event.data()).hasSize(Sample.DATA_BYTES);
                assertThat(event.metadata()).hasSize(Sample.METADATA_BYTES);
                event.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
                rare[0] += event.type().equals(Sample.RARE_TYPE) ? 1 : 0;
            }
        });

        assertThat(rare[0]).isEqualTo(filling.rare());
        for (int size : new int[]{10, 100, 1_000}) {
            for (int i = 0; i < filling.streams(size); i++) {
                assertThat(revisions.remove(Filling.stream(size, i))).isEqualTo(size - 1L);
            }
        }
        assertThat(revisions).isEmpty();
        if (layout == Filling.Layout.SCATTERED) {
            assertThat(tags).hasSize(filling.tags()).allSatisfy((tag, count) -> assertThat(count).isEqualTo(10));
        }
    }
}
