package letopis.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8OrderTest {
    private static final List<String> TEXTS = List.of("", "a", "a-", "ab", "b", "é", "\uD7FF", "\uE000", "\uFFFD",
            "\uD800\uDC00", "\uD83D\uDE00", "\uDBFF\uDFFF", "a\uFFFD", "a\uD83D\uDE00", "\uD83D\uDE00a");

    @Test
    void everyTwoTextsComeInTheOrderOfTheirBytes() {
        for (String one : TEXTS) {
            for (String other : TEXTS) {
                assertThat(Integer.signum(new Utf8Order().compare(one, other))).as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8),
                                other.getBytes(StandardCharsets.UTF_8))));
            }
        }
    }
}
