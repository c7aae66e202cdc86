package letopis.engine.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names are their bytes, and their hashes keep them apart. */
class NameTest {
    @Test
    void aNameIsEqualToTheSameNameAlone() {
        Name name = Name.of("order-17");
        assertThat(name).isEqualTo(Name.ofUtf8("order-17".getBytes(StandardCharsets.UTF_8)))
                .hasSameHashCodeAs(Name.of("order-17"))
                .isNotEqualTo(Name.of("order-18"))
                .isNotEqualTo("order-17")
                .hasToString("order-17");
        assertThat(name.hashCode()).isEqualTo(name.hash());
        assertThat(name.hash()).isEqualTo(Name.hash("an order-17".getBytes(StandardCharsets.UTF_8), 3, 8));
        assertThat(Name.of(List.of("a", "b"))).containsExactly(Name.of("a"), Name.of("b"));
    }

    /** Else a name could be asked for that is no text, and one that is would be found. */
    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00", "\udc00\ud800?", "?\ud800", "??\udfff?"})
    void whatIsNotTextIsNoNameThatIsStored(String half) {
        byte[] asStored = half.getBytes(StandardCharsets.UTF_8);
        assertThat(Name.of(half)).isNotEqualTo(Name.ofUtf8(asStored));
        assertThat(Name.of(half).utf8()).containsExactly(0xff);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "what?", "??", "\ud83d\ude00?"})
    void questionMarksAndPairsAreText(String text) {
        assertThat(Name.of(text)).isEqualTo(Name.ofUtf8(text.getBytes(StandardCharsets.UTF_8))).hasToString(text);
    }

    /** At any place and any length: 32 bits keep so few names apart, but for a chance of one in a hundred thousand. */
    @Test
    void namesThatDifferInOneByteOrInLengthDifferInTheirHash() {
        for (int length = 0; length <= 25; length++) {
            Set<Integer> hashes = new HashSet<>();
            byte[] name = new byte[length];
            hashes.add(Name.hash(name, 0, length));
            for (int at = 0; at < length; at++) {
                byte[] changed = name.clone();
                for (int bit = 0; bit < 8; bit++) {
                    changed[at] = (byte) (1 << bit);
                    hashes.add(Name.hash(changed, 0, length));
                }
            }
            assertThat(hashes).hasSizeGreaterThanOrEqualTo(8 * length); // one pair may be equal by chance
        }
        Set<Integer> lengths = new HashSet<>();
        for (int length = 0; length <= 40; length++) {
            lengths.add(Name.hash(new byte[40], 0, length));
        }
        assertThat(lengths).hasSizeGreaterThanOrEqualTo(40);
    }

    /** A table takes low bits for its places, a run others: any eight of them must spread names that count up. */
    @Test
    void anyEightBitsOfTheHashSpreadNamesThatCountUp() {
        int names = 1 << 12;
        int[] hashes = new int[names];
        for (int i = 0; i < names; i++) {
            hashes[i] = Name.of("customer-" + i).hash();
        }
        for (int shift = 0; shift <= 24; shift++) {
            int[] places = new int[256];
            for (int hash : hashes) {
                places[(hash >>> shift) & 255]++;
            }
            // 16 on average; of a good hash, more than 50 at one place is a chance below one in a million
            assertThat(Arrays.stream(places).max().orElseThrow()).as("bits from %s", shift).isLessThan(50);
        }
    }
}
