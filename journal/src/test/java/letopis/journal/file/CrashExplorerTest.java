package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Power cuts at every moment of many histories. The number of states is {@code -Dletopis.crash.states}, the first seed
 * {@code -Dletopis.crash.seed}; {@code -Dletopis.crash.replay} looks at one state again.
 */
class CrashExplorerTest {
    private static final long STATES = Long.getLong("letopis.crash.states", 500_000);
    private static final long SEED = Long.getLong("letopis.crash.seed", 1);
    private static final int THREADS = 2;
    /** Within so many states each planted bug must be found. */
    private static final long STATES_FOR_A_BUG = 300_000;

    @Test
    void noPowerCutBreaksAPromise() throws Exception {
        String replay = System.getProperty("letopis.crash.replay", "");
        if (!replay.isEmpty()) {
            explorer(PlantedBug.NONE, new AtomicLong(), Long.MAX_VALUE).replay(replay);
            return;
        }
        AtomicLong distinct = new AtomicLong();
        CrashExplorer explorer = explorer(PlantedBug.NONE, distinct, STATES);
        AtomicLong seeds = new AtomicLong(SEED);
        List<Throwable> found = new CopyOnWriteArrayList<>();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (distinct.get() < STATES && found.isEmpty()) {
                        explorer.run(seeds.getAndIncrement());
                    }
                } catch (IOException | RuntimeException | Error e) {
                    found.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "%,d distinct states after a power cut, seeds %d to %d, %.1f s, %,.0f states/s%n",
                distinct.get(), SEED, seeds.get() - 1, (System.nanoTime() - begin) / 1e9,
                distinct.get() / ((System.nanoTime() - begin) / 1e9));
        assertThat(found).as("seeds from %d", SEED).isEmpty();
        assertThat(distinct.get()).isGreaterThanOrEqualTo(STATES);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"NONE", "CUT_AT_ANY_DAMAGE", "MARK_NOT_COMPARED"})
    void aPlantedBugIsFound(PlantedBug bug) {
        AtomicLong distinct = new AtomicLong();
        CrashExplorer explorer = explorer(bug, distinct, STATES_FOR_A_BUG);

        assertThatThrownBy(() -> {
            for (long seed = SEED; distinct.get() < STATES_FOR_A_BUG; seed++) {
                explorer.run(seed);
            }
        }).as("within %,d states from seed %d", STATES_FOR_A_BUG, SEED).isInstanceOf(CrashExplorer.Found.class);

        System.out.printf("planted bug %s found after %,d states%n", bug, distinct.get());
    }

    @Test
    void aStateThatWasFoundIsFoundAgainByItsName() {
        CrashExplorer.Found found = catchThrowableOfType(CrashExplorer.Found.class, () -> {
            for (long seed = SEED; seed < SEED + 100; seed++) {
                explorer(PlantedBug.ACKNOWLEDGE_BEFORE_FORCE, new AtomicLong(), Long.MAX_VALUE).run(seed);
            }
        });

        assertThatThrownBy(() -> explorer(PlantedBug.ACKNOWLEDGE_BEFORE_FORCE, new AtomicLong(), Long.MAX_VALUE)
                .replay(found.replay())).isInstanceOfSatisfying(CrashExplorer.Found.class,
                        again -> assertThat(again.replay()).isEqualTo(found.replay()));
    }

    private static CrashExplorer explorer(PlantedBug bug, AtomicLong distinct, long states) {
        return new CrashExplorer(bug, new LongSet(), new LongSet(), distinct, () -> distinct.get() >= states);
    }
}
