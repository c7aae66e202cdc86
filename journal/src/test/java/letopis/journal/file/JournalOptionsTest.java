package letopis.journal.file;

import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each size has its limits, and what is at a limit is allowed. */
class JournalOptionsTest {
    private static JournalOptions of(int alignment, int first, int max, int block, int maxBlock, long force) {
        return new JournalOptions(true, alignment, first, max, block, maxBlock, force, Compression.NONE, Runnable::run);
    }

    @Test
    void whatIsAtTheLimitsIsAllowed() {
        assertThat(of(512, 2048, 2048, 512, 512, 0).alignmentBytes()).isEqualTo(512);
        assertThat(of(65_536, 262_144, 1 << 30, 1 << 30, 1 << 30, 1_000_000).maxSegmentBytes()).isEqualTo(1 << 30);
        assertThat(JournalOptions.DEFAULT.withForceEveryNanos(JournalOptions.FORCE_LATE).forceEveryNanos())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsBeyondThemIsRefusedByItsName() {
        List<Supplier<JournalOptions>> alignments = List.of(() -> of(256, 2048, 2048, 512, 512, 0),
                () -> of(768, 3072, 3072, 768, 768, 0), () -> of(131_072, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 0),
                () -> of(0, 2048, 2048, 512, 512, 0));
        refused("alignmentBytes", alignments);
        refused("firstSegmentBytes", List.of(() -> of(512, 1536, 2048, 512, 512, 0),
                () -> of(512, 2049, 4096, 512, 512, 0), () -> of(512, 4096, 2048, 512, 512, 0)));
        refused("maxSegmentBytes", List.of(() -> of(512, 2048, 2049, 512, 512, 0),
                () -> of(512, 2048, (1 << 30) + 512, 512, 512, 0)));
        refused("blockBytes", List.of(() -> of(512, 2048, 2048, 511, 512, 0), () -> of(512, 2048, 2048, 513, 512, 0)));
        refused("maxBlockBytes", List.of(() -> of(512, 2048, 2048, 512, (1 << 30) + 1, 0)));
        refused("forceEveryNanos", List.of(() -> of(512, 2048, 2048, 512, 512, 999_999),
                () -> of(512, 2048, 2048, 512, 512, -1)));
    }

    private static void refused(String name, List<Supplier<JournalOptions>> all) {
        for (Supplier<JournalOptions> one : all) {
            assertThatThrownBy(one::get).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + " is out of its range");
        }
    }
}
