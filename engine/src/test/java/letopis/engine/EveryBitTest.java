package letopis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One bit of a store of 1 MiB is turned over, whichever it is: a verification names the file, and the block, chunk or page in
 * it, and nothing else; or the bit is in what is not used, or not believed, and the store answers exactly as it did.
 *
 * <p>By default one bit in so many, from a seed; every bit with {@code -Dletopis.damage.every=1}. One in a hundred of those that
 * are tried is given to both kinds of openings, too. A part of a run: {@code -Dletopis.damage.part=0/2}.
 */
@Timeout(86_400)
class EveryBitTest {
    private static final int BYTES = Integer.getInteger("letopis.damage.bytes", 1 << 20);
    private static final int EVERY = Integer.getInteger("letopis.damage.every", 8_191);
    private static final int OPENED = 100;
    private static final String[] PART = System.getProperty("letopis.damage.part", "0/1").split("/", -1);
    private static final long SEED = Long.getLong("letopis.damage.seed", new Random().nextLong());

    private final Random random = new Random(SEED);
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void everyBitThatTurnedIsNamedOrHarmless(boolean killed) {
        StoreToDamage store = StoreToDamage.of(BYTES, killed, SEED);
        DamageJudge judge = new DamageJudge(store);
        BytesDisk disk = store.copy();
        long begin = System.nanoTime();
        long tried = 0;
        long bit = random.nextInt(EVERY);
        List<String> files = new ArrayList<>(store.disk().files());
        for (String file : files) {
            long bits = 8L * store.disk().size(file);
            for (; bit < bits; bit += EVERY) {
                if (bit / EVERY % Integer.parseInt(PART[1]) == Integer.parseInt(PART[0])) {
                    tried++;
                    turn(judge, disk, file, (int) (bit / 8), (int) (bit % 8));
                }
            }
            bit -= bits;
        }
        System.out.println(tried + " bits of " + files.size() + " files, " + (killed ? "killed" : "closed") + ", seed "
                + SEED + ", " + (System.nanoTime() - begin) / 1_000_000 + " ms: " + outcomes);
        assertThat(outcomes.keySet()).contains("named: segment", "named: packed", "named: run");
    }

    private void turn(DamageJudge judge, BytesDisk disk, String file, int offset, int bit) {
        String what = "bit " + bit + " of byte " + offset + " in " + file + ", seed " + SEED;
        disk.flip(file, offset, bit);
        try {
            List<Fault> faults = DamageJudge.verify(disk);
            judge.requireNamed(faults, file, offset, what);
            boolean open = faults.isEmpty() || random.nextInt(OPENED) == 0;
            boolean refused = open && (random.nextInt(OPENED) == 0
                    ? judge.isRefused(disk, what)
                    : judge.isRefusedReadOnly(disk, what));
            if (faults.isEmpty()) {
                assertThat(refused).as(what + " is refused, and not found by a verification").isFalse();
            }
            String kind = file.substring(file.lastIndexOf('.') + 1);
            outcomes.merge((faults.isEmpty() ? "harmless: " : "named: ") + kind, 1, Integer::sum);
        } finally {
            disk.flip(file, offset, bit);
        }
    }
}
