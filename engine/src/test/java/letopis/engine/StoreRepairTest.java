package letopis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import letopis.journal.disk.Disk;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store is damaged and repaired: what comes before the damage is there, all that is not there any more was listed. */
class StoreRepairTest {
    private static final long SEED = Long.getLong("letopis.repair.seed", new Random().nextLong());
    private static final int TRIES = Integer.getInteger("letopis.repair.tries", 300);

    private final RecordingDisk disk = new RecordingDisk();
    private StoreContent written = new StoreContent(0, List.of(), List.of());

    @BeforeEach
    void write() {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            for (int i = 0; i < 25; i++) {
                store.append(new CrashLoad(7, i % 3, i).append());
            }
            written = StoreContent.of(store);
        }
        disk.endProcess();
    }

    @Test
    void soundStoreNeedsNoRepairAndIsLeftAlone() {
        long before = disk.contentHash();
        assertThat(StoreRepair.plan(Disks.NAME, disk, _ -> {}).isEmpty()).isTrue();
        assertThat(disk.contentHash()).isEqualTo(before);
        StoreRepair.repair(Disks.NAME, disk);
        assertThat(StoreContent.of(Disks.openReadOnly(disk))).isEqualTo(written);
    }

    @Test
    void anyDamagedByteCostsNoMoreThanWhatLiesBehindIt() {
        Random random = new Random(SEED);
        List<String> names = Disks.files(disk).stream().filter(it -> !it.startsWith("index/")).toList();
        int cuts = 0;
        for (int i = 0; i < TRIES; i++) {
            String name = names.get(random.nextInt(names.size()));
            int size = Disks.size(disk, name);
            if (size > 0) {
                int offset = random.nextInt(size);
                int bit = random.nextInt(8);
                cuts += repaired(it -> Disks.flip(it, name, offset, bit),
                        "bit " + bit + " of byte " + offset + " of " + name + ", seed " + SEED);
            }
        }
        assertThat(cuts).isGreaterThan(TRIES / 20);
    }

    @Test
    void segmentThatIsMissingOrCutCostsWhatWasInItAndBehindIt() {
        List<String> segments = disk.list().stream().filter(it -> it.endsWith(".segment")).toList();
        assertThat(segments.size()).isGreaterThan(2);
        for (String name : segments.subList(1, segments.size() - 1)) {
            repaired(it -> delete(it, name), name + " is missing");
            repaired(it -> Disks.cut(it, name, Disks.size(disk, name) / 2 + 7), name + " is cut");
        }
    }

    /** Whether something was given up. */
    private int repaired(Consumer<Disk> damage, String what) {
        RecordingDisk damaged = Disks.copy(disk);
        damage.accept(damaged);
        long untouched = damaged.contentHash();
        boolean opens = opens(damaged);
        List<GivenUpEvent> givenUp = new ArrayList<>();
        RepairReport plan;
        try {
            plan = StoreRepair.plan(Disks.NAME, damaged, givenUp::add);
        } catch (StoreUnusableException e) {
            assertThat(what).as(what + ": " + e).contains("letopis.store");
            return 0;
        }
        assertThat(damaged.contentHash()).as(what).isEqualTo(untouched);
        assertThat(opens || !plan.isEmpty()).as(what + ": a store that is refused has a plan").isTrue();
        RepairReport done = StoreRepair.repair(Disks.NAME, damaged);
        assertThat(done).as(what).isEqualTo(plan);
        assertThat(new Verifier(damaged, VerifyProgress.NONE).verify(Disks.NAME).faults()).as(what).isEmpty();
        try (EmbeddedEventStore store = Disks.open(damaged)) {
            StoreContent kept = StoreContent.of(store);
            assertThat(kept.events()).as(what).isEqualTo(written.events().subList(0, (int) kept.head()));
            assertThat(kept.head()).as(what).isEqualTo(plan.damage().isPresent() ? plan.head() : written.head());
            assertListed(kept, givenUp, plan, what);
            store.append(new CrashLoad(7, 0, 99).append());
        }
        return plan.damage().isPresent() ? 1 : 0;
    }

    private void assertListed(StoreContent kept, List<GivenUpEvent> givenUp, RepairReport plan, String what) {
        assertThat(givenUp).as(what).allSatisfy(it -> {
            RecordedEvent event = written.events().get((int) it.position() - 1);
            assertThat(it).isEqualTo(new GivenUpEvent(event.position(), event.stream(), event.revision(),
                    event.event().type(), event.event().id()));
            assertThat(it.position()).isGreaterThan(kept.head());
        });
        if (!givenUp.isEmpty()) {
            assertThat(plan.lastKnown()).as(what).isEqualTo(givenUp.getLast().position());
        }
    }

    private static boolean opens(RecordingDisk damaged) {
        try (EmbeddedEventStore store = Disks.openReadOnly(Disks.copy(damaged))) {
            return store.head() >= 0;
        } catch (StoreException _) {
            return false;
        }
    }

    private static void delete(Disk from, String name) {
        try {
            from.delete(name);
            from.forceDirectory();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsDestroyedByARepair() {
        String second = disk.list().stream().filter(it -> it.endsWith("2.segment")).findFirst().orElseThrow();
        Disks.flip(disk, second, 700, 1);
        int segments = (int) disk.list().stream().filter(it -> it.endsWith(".segment")).count();
        RepairReport report = StoreRepair.repair(Disks.NAME, disk);
        assertThat(report.setAside()).hasSize(segments - 1);
        assertThat(disk.list().stream().filter(it -> it.endsWith(".given-up"))).hasSize(segments - 1);
    }

    /** Power cuts after each step: the store is still refused or it is repaired, and a second repair ends it. */
    @Test
    void interruptedRepairIsRefusedOrDone() {
        Random random = new Random(SEED);
        String second = disk.list().stream().filter(it -> it.endsWith("2.segment")).findFirst().orElseThrow();
        Disks.flip(disk, second, 700, 1);
        Disks.deleteIndex(disk); // with it, an opening would not see what lies before its end
        List<RecordingDisk> states = new ArrayList<>();
        disk.afterEachOperation(() -> {
            PowerCut cut = disk.powerCut();
            int[] chosen = new int[cut.units()];
            for (int unit = 0; unit < chosen.length; unit++) {
                chosen[unit] = random.nextInt(cut.ways(unit));
            }
            states.add(cut.state(chosen));
        });
        long head = StoreRepair.repair(Disks.NAME, disk).head();
        disk.afterEachOperation(() -> {});
        assertThat(states).hasSizeGreaterThan(10);
        for (RecordingDisk state : states) {
            if (opens(state)) {
                try (EmbeddedEventStore store = Disks.openReadOnly(Disks.copy(state))) {
                    assertThat(store.head()).as("seed " + SEED).isEqualTo(head);
                }
            }
            StoreRepair.repair(Disks.NAME, state);
            try (EmbeddedEventStore store = Disks.open(state)) {
                assertThat(store.head()).as("seed " + SEED).isEqualTo(head);
            }
        }
    }

    @Test
    void storeThatIsOpenIsNotRepaired() {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            assertThat(store.head()).isPositive();
            assertThatThrownBy(() -> StoreRepair.repair(Disks.NAME, disk)).isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("close it first");
        }
    }
}
