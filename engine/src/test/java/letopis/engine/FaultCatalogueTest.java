package letopis.engine;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RealDisk;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Each operation of the disk fails in each way, once and from then on, at each step of a whole store's life; afterwards the
 * process dies, or the power is cut, and the store is opened again on a sound disk. The matrix of what was tried is written to
 * {@code target/fault-catalogue.csv}.
 *
 * <p>Every {@code -Dletopis.faults.every}-th step (1 for all); which states a power cut leaves: {@code -Dletopis.faults.seed}.
 */
class FaultCatalogueTest {
    private static final int EVERY = Integer.getInteger("letopis.faults.every", 2);
    private static final long SEED = Long.getLong("letopis.faults.seed", 1);
    /** On a real disk each step costs real forces. */
    private static final int EVERY_REAL = Integer.getInteger("letopis.faults.every.real", 60);

    /** What no store needs: the interface has it, and the life of a store does not come by. */
    private static final Set<String> UNUSED = Set.of("truncate");

    private final Map<String, Map<FaultyDisk.Fault, Integer>> tries = new TreeMap<>();

    @Test
    @SuppressWarnings("SystemOut") // the matrix is what this is for
    void noFaultBreaksAPromise() throws IOException {
        List<String> steps = steps();
        long lives = 0;
        for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
            for (boolean sticky : new boolean[]{false, true}) {
                for (long first = 1 + lives % EVERY; first <= steps.size(); first += EVERY) {
                    String kind = live(fault, first, sticky, DiskLie.NONE);
                    if (!kind.isEmpty()) {
                        tries.computeIfAbsent(kind, _ -> new EnumMap<>(FaultyDisk.Fault.class))
                                .merge(fault, 1,
                                        Integer::sum);
                    }
                }
                lives++;
            }
        }
        System.out.println(matrix());
        Files.writeString(Path.of("target", "fault-catalogue.csv"), csv());
        assertThat(missing(tries.keySet())).as("operations that were not tried").isEqualTo(UNUSED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @SuppressWarnings("SystemOut")
    void aLieAboutAFaultIsCaught(DiskLie lie) {
        List<String> steps = steps();
        int[] lives = {0};
        assertThatThrownBy(() -> {
            for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
                for (long first = 1; first <= steps.size(); first++) {
                    lives[0]++;
                    live(fault, first, true, lie);
                }
            }
        }).isInstanceOf(AssertionError.class);
        System.out.println("planted bug " + lie + " found after " + lives[0] + " lives");
    }

    @Test
    void onARealDiskInterruptsAndDelaysHarmNothing(@TempDir Path directory) {
        int steps = steps().size();
        for (FaultyDisk.Fault fault : List.of(FaultyDisk.Fault.INTERRUPT, FaultyDisk.Fault.DELAY)) {
            for (boolean sticky : new boolean[]{false, true}) {
                for (long first = 1; first <= steps; first += EVERY_REAL) {
                    Path store = directory.resolve(fault + "-" + sticky + "-" + first);
                    FaultyDisk faulty = new FaultyDisk(fault, first, sticky);
                    StoreLife life = new StoreLife(faulty, true);
                    Disk real = RealDisk.at(store);
                    Disk disk = faulty.over(real);
                    life.live(disk, () -> Disks.open(disk), () -> Disks.openReadOnly(disk));
                    try (EmbeddedEventStore again = Disks.open(real)) {
                        life.checkAndGoOn(again);
                    }
                }
            }
        }
    }

    /** The operations of a life in which nothing goes wrong. */
    private static List<String> steps() {
        FaultyDisk sound = new FaultyDisk(FaultyDisk.Fault.DELAY, 0, false);
        Disk disk = sound.over(withoutDirectory(new RecordingDisk()));
        new StoreLife(sound, true).live(disk, () -> Disks.open(disk), () -> Disks.openReadOnly(disk));
        return sound.steps();
    }

    /** A disk whose directory is yet to be made. */
    private static Disk withoutDirectory(RecordingDisk disk) {
        AtomicBoolean made = new AtomicBoolean();
        return InterceptedDisk.of(disk, it -> {
            if (it.name().equals("create")) {
                made.set(true);
            }
            return it.name().equals("exists") ? (Object) made.get() : it.proceed();
        });
    }

    /** Lives with one fault, and looks at what is left; which kind of operation it happened to. */
    private static String live(FaultyDisk.Fault fault, long first, boolean sticky, DiskLie lie) {
        RecordingDisk machine = new RecordingDisk();
        FaultyDisk faulty = new FaultyDisk(fault, first, sticky);
        StoreLife life = new StoreLife(faulty, fault.isHarmless());
        Disk disk = lie.over(faulty.over(withoutDirectory(machine)));
        try {
            life.live(disk, () -> Disks.open(disk), () -> Disks.openReadOnly(disk));
            PowerCut cut = machine.powerCut();
            SplittableRandom random = new SplittableRandom(SEED * 31 + first);
            for (int n = 0; n < 3; n++) {
                int[] ways = new int[cut.units()];
                for (int unit = 0; unit < ways.length; unit++) {
                    ways[unit] = n == 0 ? 0 : random.nextInt(cut.ways(unit));
                }
                reopen(life, cut.state(ways));
            }
            machine.endProcess();
            reopen(life, machine);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(faulty + ", -Dletopis.faults.seed=" + SEED + ": " + e.getMessage(), e);
        }
        return faulty.kind();
    }

    private static void reopen(StoreLife life, RecordingDisk disk) {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            life.checkAndGoOn(store);
        }
        assertThat(new Verifier(disk, VerifyProgress.NONE).verify(Disks.NAME).faults()).isEmpty();
    }

    /** The operations of the interfaces that are not among these. */
    private static Set<String> missing(Set<String> tried) {
        Set<String> names = new TreeSet<>();
        Stream.concat(Arrays.stream(Disk.class.getMethods()), Arrays.stream(DiskFile.class.getMethods()))
                .map(Method::getName)
                .filter(it -> !it.equals("name") && !it.equals("directory"))
                .forEach(names::add);
        names.removeIf(name -> tried.stream().anyMatch(it -> it.equals(name) || it.startsWith(name + " ")));
        return names;
    }

    private String matrix() {
        StringBuilder text = new StringBuilder(String.format("%-16s", "tries"));
        for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
            text.append(String.format("%14s", fault.words()));
        }
        tries.forEach((operation, counts) -> {
            text.append(String.format("%n%-16s", operation));
            for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
                text.append(String.format("%14d", counts.getOrDefault(fault, 0)));
            }
        });
        return text.toString();
    }

    private String csv() {
        List<String> lines = new ArrayList<>(List.of("operation,fault,tries"));
        tries.forEach((operation, counts) -> counts
                .forEach((fault, count) -> lines.add(operation + "," + fault.words() + "," + count)));
        return String.join("\n", lines) + "\n";
    }

}
