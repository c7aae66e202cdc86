package letopis.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every bit of a store of 1 MiB is turned over, hundreds at once: one in each of many blocks, chunks and headers, no two of which
 * are neighbours. A verification must name each of them where it is, and nothing else. Bits that nothing stands for are turned
 * in each sector of a file at once: the store must answer exactly as before.
 *
 * <p>By default one in so many rounds, from a seed; all of them with {@code -Dletopis.damage.rounds=1}. One bit at a time:
 * {@link EveryBitTest}.
 */
@Timeout(86_400)
class EveryBitAtOnceTest {
    private static final int BYTES = Integer.getInteger("letopis.damage.bytes", 1 << 20);
    private static final int EVERY = Integer.getInteger("letopis.damage.rounds", 1_999);
    private static final long SEED = Long.getLong("letopis.damage.seed", new Random().nextLong());

    private final Random random = new Random(SEED);
    private final StoreToDamage store = StoreToDamage.of(BYTES, false, SEED);
    private final DamageJudge judge = new DamageJudge(store);
    private final BytesDisk disk = store.copy();
    /** Units of which each second one is hit in the same round; those of packed segments that hide others; the index. */
    private final List<Unit> even = new ArrayList<>();
    private final List<Unit> odd = new ArrayList<>();
    private final List<Unit> directories = new ArrayList<>();
    private final List<Unit> alone = new ArrayList<>();
    /** Sectors that no checksum stands for, of each file. */
    private final Map<String, List<Unit>> free = new TreeMap<>();
    private int blocks;
    private long turned;
    private long verified;

    /** Some bytes that are found damaged together. */
    private record Unit(String file, int from, int to) {
        int bits() {
            return 8 * (to - from);
        }
    }

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void everyBitIsNamedWhereItIsAndNothingElse() {
        long begin = System.nanoTime();
        store.disk().files().forEach(this::sort);
        rounds(even, this::requireEachNamed);
        rounds(odd, this::requireEachNamed);
        rounds(directories, this::requireEachNamed);
        alone.forEach(it -> rounds(List.of(it), this::requireEachNamed));
        long named = turned;
        free.values().forEach(it -> rounds(it, this::requireHarmless));
        long bits = store.disk().files().stream().mapToLong(it -> 8L * store.disk().size(it)).sum();
        System.out.println(turned + " bits of " + bits + " turned, " + named + " of them named, in " + verified
                + " verifications, seed " + SEED + ", " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertThat(even.size()).isGreaterThan(50);
        assertThat(free).isNotEmpty();
        if (EVERY == 1) {
            assertThat(turned).isEqualTo(bits);
        }
    }

    private void sort(String file) {
        int size = store.disk().size(file);
        if (file.endsWith(".packed") || file.endsWith(".segment")) {
            sortLog(file, checkedUpTo(file));
        } else if (file.equals("letopis.store") || file.startsWith("index/")) {
            units(file, size).forEach(alone::add);
        } else {
            sectors(file, 0, size);
        }
    }

    private void sortLog(String file, int checked) {
        List<Unit> units = units(file, checked);
        for (int i = 0; i < units.size(); i++) {
            if (!file.endsWith(".packed")) {
                (blocks++ % 2 == 0 ? even : odd).add(units.get(i));
            } else if (i == units.size() - 1) {
                directories.add(units.get(i));
            } else {
                (i == 0 ? alone : even).add(units.get(i));
            }
        }
        sectors(file, checked, store.disk().size(file));
    }

    /** Where the bytes end that checksums stand for, or that must be zero. */
    private int checkedUpTo(String file) {
        ByteBuffer marker = ByteBuffer.wrap(store.disk().bytes("letopis.published")).order(ByteOrder.LITTLE_ENDIAN);
        int segment = Integer.parseInt(file.substring(0, file.indexOf('.')));
        int last = marker.getInt(32);
        if (segment < last) {
            return store.disk().size(file);
        }
        return segment == last ? marker.getInt(36) : StoreToDamage.SECTOR;
    }

    private List<Unit> units(String file, int upTo) {
        List<Unit> units = new ArrayList<>();
        for (int from = 0; from < upTo; from = store.end(file, from)) {
            units.add(new Unit(file, from, Math.min(upTo, store.end(file, from))));
        }
        return units;
    }

    private void sectors(String file, int from, int to) {
        for (int at = from; at < to; at += StoreToDamage.SECTOR) {
            free.computeIfAbsent(file, _ -> new ArrayList<>())
                    .add(new Unit(file, at, Math.min(to, at + StoreToDamage.SECTOR)));
        }
    }

    private interface Check {
        void hit(List<Unit> units, List<Fault> faults, String what);
    }

    /** In each round the next bit of each unit that has so many. */
    private void rounds(List<Unit> units, Check check) {
        int rounds = units.stream().mapToInt(Unit::bits).max().orElse(0);
        for (int bit = random.nextInt(Math.min(EVERY, Math.max(1, rounds))); bit < rounds; bit += EVERY) {
            int round = bit;
            List<Unit> hit = units.stream().filter(it -> round < it.bits()).toList();
            flip(hit, round);
            check.hit(hit, DamageJudge.verify(disk),
                    "bit " + round + " of " + hit.size() + " units from " + hit.getFirst()
                            + " on, seed " + SEED);
            flip(hit, round);
            turned += hit.size();
            verified++;
        }
    }

    private void flip(List<Unit> units, int bit) {
        units.forEach(it -> disk.flip(it.file, it.from + bit / 8, bit % 8));
    }

    private void requireEachNamed(List<Unit> units, List<Fault> faults, String what) {
        Set<String> expected = new TreeSet<>();
        units.forEach(it -> expected.add(name(it.file, it.from)));
        Set<String> found = new TreeSet<>();
        faults.forEach(it -> found.add(name(it.file(), (int) it.offset())));
        Set<String> missed = new TreeSet<>(expected);
        missed.removeAll(found);
        found.removeAll(expected);
        assertThat(missed).as(what + ": not named").isEmpty();
        assertThat(found).as(what + ": named, and sound").isEmpty();
    }

    /** The unit that a byte is in; the index as a whole, where it is not whole. */
    private String name(String file, int offset) {
        return file.startsWith("index/") ? "index" : file + " at " + store.beginning(file, offset);
    }

    private void requireHarmless(List<Unit> units, List<Fault> faults, String what) {
        assertThat(faults).as(what).isEmpty();
        assertThat(judge.isRefusedReadOnly(disk, what)).as(what).isFalse();
    }
}
