package letopis.engine;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import letopis.journal.disk.Disk;
import letopis.journal.disk.RecordingDisk;
import letopis.store.Forget;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small store that was closed, and then damaged: whoever opens it gets exactly what was written, or a refusal that names the
 * file and the byte. Never anything else.
 *
 * <p>By default one bit of each byte is turned, chosen by a seed; all eight with {@code -Dletopis.damage.bits=8}.
 */
class DamagedStoreTest {
    private static final int BITS = Integer.getInteger("letopis.damage.bits", 1);
    private static final long SEED = Long.getLong("letopis.damage.seed", new Random().nextLong());

    private static final int STEP = 30;

    private final RecordingDisk disk = new RecordingDisk();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private StoreContent written = new StoreContent(0, List.of(), List.of());

    @BeforeEach
    void write() {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            for (int i = 0; i < 12; i++) {
                store.append(new CrashLoad(7, i % 3, i).append());
            }
            store.forget(Forget.before("own-1", 1));
            store.append(new CrashLoad(7, 0, 12).append());
            written = StoreContent.of(store);
        }
        disk.endProcess();
    }

    @Test
    void everyBitThatTurnedIsFoundOrHarmless() {
        Random random = new Random(SEED);
        for (String name : Disks.files(disk)) {
            int size = Disks.size(disk, name);
            for (int offset = 0; offset < size; offset++) {
                int first = random.nextInt(8);
                for (int i = 0; i < BITS; i++) {
                    int at = offset;
                    int bit = (first + i) % 8;
                    tryBothOpenings("bit " + bit + " of byte " + at + " in " + name + ", seed " + SEED,
                            damaged -> Disks.flip(damaged, name, at, bit));
                }
            }
        }
        assertThat(outcomes.keySet()).contains("read as it was written", "StoreDamagedException");
    }

    @Test
    void segmentThatWasCutIsFound() {
        String last = disk.list().stream().filter(it -> it.contains("segment")).toList().getLast();
        for (int size = Disks.size(disk, last) - 1; size >= 0; size--) {
            int cut = size;
            tryBothOpenings(last + " cut to " + cut, damaged -> Disks.cut(damaged, last, cut));
        }
        assertThat(outcomes.keySet()).containsExactly("StoreDamagedException");
    }

    @Test
    void verifyReportsWhatOpeningsRefuse() {
        Random random = new Random(SEED);
        int found = 0;
        for (String name : Disks.files(disk).stream().filter(it -> !it.startsWith("index/")).toList()) {
            int size = Disks.size(disk, name);
            for (int offset = random.nextInt(STEP); offset < size; offset += 1 + random.nextInt(STEP)) {
                RecordingDisk damaged = Disks.copy(disk);
                Disks.flip(damaged, name, offset, random.nextInt(8));
                String what = "a bit of byte " + offset + " in " + name + ", seed " + SEED;
                Optional<StoreDamagedException> refusal = refusal(Disks.copy(damaged));
                List<Fault> faults = new Verifier(damaged, VerifyProgress.NONE).verify(Disks.NAME).faults();
                if (refusal.isPresent()) {
                    found++;
                    assertThat(faults).as(what + ": " + refusal.get().getMessage()).isNotEmpty();
                }
                assertThat(faults).as(what).allSatisfy(it -> assertThat(it.file()).isEqualTo(name));
            }
        }
        assertThat(found).isGreaterThan(50);
        assertThat(new Verifier(disk, VerifyProgress.NONE).verify(Disks.NAME))
                .satisfies(it -> assertThat(it.faults()).isEmpty())
                .satisfies(it -> assertThat(it.events()).isEqualTo(written.head()))
                .satisfies(it -> assertThat(it.streams()).isEqualTo(written.streams().size()));
    }

    @Test
    void verifyReportsEveryBitOfTheIndexThatTurned() {
        Random random = new Random(SEED);
        for (String name : Disks.files(disk).stream().filter(it -> it.startsWith("index/")).toList()) {
            int size = Disks.size(disk, name);
            for (int offset = 0; offset < size; offset++) {
                RecordingDisk damaged = Disks.copy(disk);
                Disks.flip(damaged, name, offset, random.nextInt(8));

                assertThat(new Verifier(damaged, VerifyProgress.NONE).verify(Disks.NAME).faults())
                        .as("a bit of byte %s in %s, seed %s", offset, name, SEED)
                        .isNotEmpty()
                        .allSatisfy(it -> assertThat(it.file()).startsWith("index/"));
            }
        }
    }

    private static Optional<StoreDamagedException> refusal(RecordingDisk damaged) {
        try (EmbeddedEventStore store = Disks.openReadOnly(damaged)) {
            assertThat(store.head()).isPositive();
            return Optional.empty();
        } catch (StoreDamagedException e) {
            return Optional.of(e);
        }
    }

    private void tryBothOpenings(String what, Consumer<Disk> damage) {
        tryOpening(what + ", opened read-only", damage, Disks::openReadOnly);
        tryOpening(what + ", opened for writing", damage, Disks::open);
    }

    private void tryOpening(String what, Consumer<Disk> damage, Function<Disk, EmbeddedEventStore> opening) {
        RecordingDisk damaged = Disks.copy(disk);
        damage.accept(damaged);
        String outcome;
        try (EmbeddedEventStore store = opening.apply(damaged)) {
            assertThat(StoreContent.of(store)).as(what).isEqualTo(written);
            outcome = "read as it was written";
        } catch (StoreDamagedException e) {
            assertThat(Disks.files(disk)).as(what).contains(e.place());
            assertThat(e.offset()).as(what).isNotNegative();
            outcome = "StoreDamagedException";
        } catch (StoreUnusableException e) {
            assertThat(e.reason()).as(what + ": " + e.getMessage()).isIn(Reason.NEWER_FORMAT, Reason.NOT_A_STORE);
            outcome = e.reason().toString();
        }
        outcomes.merge(outcome, 1, Integer::sum);
    }
}
