package letopis.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import letopis.journal.disk.Disk;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.Append;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of appends and forgettings runs over a disk that knows what is durable. After each operation of the disk the power
 * is cut in many ways; what is found then must be the store as it was after some step of the program: no earlier one than was
 * acknowledged, no later one than was begun, and nothing in between. And the store must go on from there.
 *
 * <p>What was forgotten is scavenged now and then, which changes nothing of that.
 *
 * <p>How many ways at each operation: {@code -Dletopis.crash.samples} (12).
 */
class StoreCrashExplorerTest {
    private static final int STATES = Integer.getInteger("letopis.crash.samples", 12);
    private static final long SEED = Long.getLong("letopis.crash.seed", new Random().nextLong());
    private static final int STEPS = 40;
    /** Two appends, and a part that is not full. */
    private static final int MOST_REPLAYED = 2 * 6 + 3;

    private final Random random = new Random(SEED);
    private final List<StoreContent> afterStep = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private final List<AssertionError> failures = new ArrayList<>();
    private volatile int begun;
    private volatile int acknowledged;
    private int states;
    private long mostReplayed = Long.MAX_VALUE;
    private long erased;

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void whatAPowerCutLeavesIsTheStoreAfterOneOfTheSteps() {
        explore(Disks::opening);

        System.out.println(states + " crash states of " + STEPS + " steps (seed " + SEED + ")");
        assertThat(failures).as("seed %s", SEED).isEmpty();
        assertThat(states).isGreaterThan(10 * STEPS);
        assertThat(erased).isPositive();
    }

    @Test
    void acknowledgingBeforeTheForceIsCaught() {
        explore(disk -> {
            Opening opening = Disks.opening(disk);
            return opening.with(new EarlyJournal(opening.journal(), Duration.ZERO));
        });

        assertThat(failures).as("seed %s", SEED).isNotEmpty();
    }

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void whatAPowerCutLeavesOfAnIndexAtWorkIsRightAndNotLost() {
        mostReplayed = MOST_REPLAYED;
        explore(Disks::openingWithSmallParts);

        System.out.println(states + " crash states of an index at work (seed " + SEED + ")");
        assertThat(failures).as("seed %s", SEED).isEmpty();
        assertThat(states).isGreaterThan(20 * STEPS);
    }

    @ParameterizedTest
    @EnumSource
    void aForceThatTheIndexLeavesOutIsCaught(ForceLeftOut which) {
        mostReplayed = MOST_REPLAYED;
        explore(disk -> Disks.openingWithSmallParts(which.on(disk)));

        assertThat(failures).as("seed %s", SEED).isNotEmpty();
    }

    /** What an index could forget to make durable. */
    enum ForceLeftOut {
        OF_RUNS, OF_THE_MANIFEST, OF_NAMES_BEFORE_THE_MANIFEST;

        Disk on(Disk disk) {
            String[] last = {""};
            return InterceptedDisk.of(disk, it -> {
                boolean leftOut = it.name().startsWith("force") && switch (this) {
                    case OF_RUNS -> it.file().endsWith(".run");
                    case OF_THE_MANIFEST -> it.file().equals("manifest.new");
                    case OF_NAMES_BEFORE_THE_MANIFEST -> it.file().isEmpty() && last[0].equals("close manifest.new");
                };
                last[0] = it.name() + " " + it.file();
                return leftOut ? null : it.proceed();
            });
        }
    }

    private void explore(Function<Disk, Opening> opener) {
        expectSteps();
        RecordingDisk disk = new RecordingDisk();
        disk.afterEachOperation(() -> cutThePower(disk));
        Opening opening = opener.apply(disk);
        try (EmbeddedEventStore store = EmbeddedEventStore.start(opening, Disks.OPTIONS, false, System.nanoTime())) {
            for (int i = 0; i < STEPS && failures.isEmpty(); i++) {
                begun = i + 1;
                step(store, i);
                acknowledged = i + 1;
                if (i % 10 == 9) {
                    erased += store.scavenge(ScavengeProgress.NONE).events();
                }
            }
        }
    }

    /** The content of the store after each step, from a store that no crash can touch. */
    private void expectSteps() {
        try (EmbeddedEventStore store = EmbeddedEventStore.start(
                new Opening(Disks.NAME, new RamJournal(), Optional.empty()), Disks.OPTIONS, false, System.nanoTime())) {
            afterStep.add(StoreContent.of(store));
            for (int i = 0; i < STEPS; i++) {
                step(store, i);
                afterStep.add(StoreContent.of(store));
            }
        }
    }

    private static void step(EventStore store, int number) {
        if (number % 10 == 9) {
            store.forget(switch (number / 10 % 4) {
                case 0 -> Forget.before("own-1", 1);
                case 1 -> Forget.delete("own-2");
                case 2 -> Forget.beyond("own-0", Retention.maxCount(2));
                default -> Forget.tombstone("own-1");
            });
        } else {
            store.append(append(number));
        }
    }

    private static Append append(int number) {
        return new CrashLoad(11, number % 3, number).append();
    }

    private void cutThePower(RecordingDisk disk) {
        PowerCut cut = disk.powerCut();
        int[] ways = new int[cut.units()];
        for (int i = 0; i < STATES && failures.isEmpty(); i++) {
            for (int unit = 0; unit < ways.length; unit++) {
                ways[unit] = i < 2 ? i : random.nextInt(cut.ways(unit));
            }
            RecordingDisk state = cut.state(ways);
            if (seen.add(state.contentHash() * 31 + acknowledged)) {
                states++;
                check(state, disk.lastOperation());
            }
        }
    }

    private void check(RecordingDisk state, String operation) {
        String where = "seed " + SEED + ", after operation " + operation + ", " + acknowledged + " steps acknowledged, "
                + begun + " begun";
        try (EmbeddedEventStore store = Disks.open(state)) {
            assertThat(store.stats().index().replayedEvents()).as(where + ", replayed")
                    .isLessThanOrEqualTo(mostReplayed);
            StoreContent found = StoreContent.of(store);
            assertThat(afterStep.subList(acknowledged, begun + 1)).as(where).contains(found);
            int step = afterStep.lastIndexOf(found);
            if (states % 4 == 0) {
                store.scavenge(ScavengeProgress.NONE);
                assertThat(StoreContent.of(store)).as(where + ", scavenged").isEqualTo(found);
            }
            if (step < STEPS) {
                step(store, step);
                assertThat(StoreContent.of(store)).as(where + ", going on").isEqualTo(afterStep.get(step + 1));
            }
        } catch (AssertionError e) {
            failures.add(e);
        } catch (RuntimeException e) {
            failures.add(new AssertionError(where, e));
        }
    }
}
