package letopis.journal.file;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Power cuts at every moment of many histories. The number of states is {@code -Dletopis.crash.states}, how many of them in
 * the middle of a recovery at least {@code -Dletopis.crash.recoveries}, the first seed {@code -Dletopis.crash.seed};
 * {@code -Dletopis.crash.replay} looks at one state again.
 */
class CrashExplorerTest {
    private static final long STATES = Long.getLong("letopis.crash.states", 500_000);
    private static final long RECOVERIES = Long.getLong("letopis.crash.recoveries", 50_000);
    private static final long SEED = Long.getLong("letopis.crash.seed", 1);
    private static final int THREADS = 2;
    /** Within so many states each planted bug must be found. */
    private static final long STATES_FOR_A_BUG = 300_000;

    @Test
    void noPowerCutBreaksAPromise() throws Exception {
        explore(false, STATES, RECOVERIES);
    }

    /** With blocks that are acknowledged before they are forced: a prefix is there, and all that was forced. */
    @Test
    void noPowerCutBreaksTheWeakerPromise() throws Exception {
        explore(true, STATES / 10, RECOVERIES / 10);
    }

    private static void explore(boolean late, long states, long recoveries) throws Exception {
        CrashTally tally = new CrashTally();
        String replay = System.getProperty("letopis.crash.replay", "");
        if (!replay.isEmpty()) {
            if (replay.startsWith(CrashExplorer.LATE) == late) {
                new CrashExplorer(Bug.NONE, late, tally, () -> false).replay(replay);
            }
            return;
        }
        BooleanSupplier enough = () -> tally.states() >= states && tally.recoveries() >= recoveries;
        CrashExplorer explorer = new CrashExplorer(Bug.NONE, late, tally, enough);
        AtomicLong seeds = new AtomicLong(SEED);
        List<Throwable> found = new CopyOnWriteArrayList<>();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (!enough.getAsBoolean() && found.isEmpty()) {
                        explorer.run(seeds.getAndIncrement());
                    }
                } catch (RuntimeException | Error e) {
                    found.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                (late ? "acknowledged before forced: " : "")
                        + "%,d distinct states after a power cut, %,d of them in a recovery, seeds %d to %d, %.1f s, %,.0f states/s%n",
                tally.states(), tally.recoveries(), SEED, seeds.get() - 1, seconds, tally.states() / seconds);
        assertThat(found).as("seeds from %d", SEED).isEmpty();
        assertThat(tally.states()).isGreaterThanOrEqualTo(states);
        assertThat(tally.recoveries()).isGreaterThanOrEqualTo(recoveries);
    }

    /** Those that have a trial of their own. */
    private static final Set<PlantedBug> ELSEWHERE = EnumSet.of(PlantedBug.NONE, PlantedBug.CUT_AT_ANY_DAMAGE,
            PlantedBug.MARK_NOT_COMPARED, PlantedBug.FORCED_MARK_BEFORE_FORCE, PlantedBug.OLD_FORM_KEPT,
            PlantedBug.OLD_FORM_COUNTS);

    static Stream<Bug> bugs() {
        return Stream.concat(
                Stream.of(PlantedBug.values())
                        .filter(it -> !ELSEWHERE.contains(it))
                        .map(Bug::of),
                Stream.of(DiskBug.values()).filter(it -> it != DiskBug.DOES_NOT_FORCE_THE_MARKER).map(Bug::of));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFound(Bug bug) {
        assertFound(bug, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"FORCED_MARK_BEFORE_FORCE", "CHECKSUM_NOT_BOUND_TO_PLACE", "NO_COMMIT_MARK_CHECK",
            "FAILURE_NOT_SAID"})
    void aPlantedBugIsFoundWhereBlocksAreForcedLater(PlantedBug bug) {
        assertFound(Bug.of(bug), true);
    }

    private static void assertFound(Bug bug, boolean late) {
        CrashTally tally = new CrashTally();
        CrashExplorer explorer = new CrashExplorer(bug, late, tally, () -> tally.states() >= STATES_FOR_A_BUG);

        assertThatThrownBy(() -> {
            for (long seed = SEED; tally.states() < STATES_FOR_A_BUG; seed++) {
                explorer.run(seed);
            }
        }).as("within %,d states from seed %d", STATES_FOR_A_BUG, SEED).isInstanceOf(CrashExplorer.Found.class);

        System.out.printf("planted bug %s found after %,d states%n", bug, tally.states());
    }

    @Test
    void aStateThatWasFoundIsFoundAgainByItsName() {
        CrashExplorer explorer = new CrashExplorer(Bug.of(PlantedBug.ACKNOWLEDGE_BEFORE_FORCE), false, new CrashTally(),
                () -> false);
        CrashExplorer.Found found = catchThrowableOfType(CrashExplorer.Found.class, () -> {
            for (long seed = SEED; seed < SEED + 100; seed++) {
                explorer.run(seed);
            }
        });

        CrashExplorer again = new CrashExplorer(Bug.of(PlantedBug.ACKNOWLEDGE_BEFORE_FORCE), false, new CrashTally(),
                () -> false);
        assertThatThrownBy(() -> again.replay(found.replay())).isInstanceOfSatisfying(CrashExplorer.Found.class,
                it -> assertThat(it.replay()).isEqualTo(found.replay()));
    }
}
