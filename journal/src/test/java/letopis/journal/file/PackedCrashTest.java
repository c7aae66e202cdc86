package letopis.journal.file;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Power cuts at every moment while segments are packed and events erased: the log is whole, and what was erased stays so. */
class PackedCrashTest {
    private static final int EVENTS = 90;

    private final RecordingDisk disk = new RecordingDisk();
    private final CrashStates choice = new CrashStates(64, 48);
    private long states;
    private LongPredicate may = _ -> false;
    private final Set<Long> must = new HashSet<>();

    @Test
    void noPowerCutBreaksAPackedLog() throws IOException {
        run(PlantedBug.NONE);
        assertThat(states).isGreaterThan(1000);
        System.out.printf("%,d states after a power cut while segments were replaced%n", states);
    }

    @ParameterizedTest
    @EnumSource(names = {"PACKED_NAMED_BEFORE_FORCE", "OLD_FORM_DELETED_EARLY", "OLD_FORM_KEPT", "OLD_FORM_COUNTS"})
    void aPlantedBugIsFound(PlantedBug bug) {
        assertThatThrownBy(() -> run(bug)).isInstanceOf(AssertionError.class);
    }

    private void run(PlantedBug bug) throws IOException {
        JournalOptions options = PackedStore.TINY;
        FileJournal journal = FileJournal.open(disk, options, Ids.NUMBERED, Ids.CLOCK, bug);
        PackedStore.append(journal, EVENTS / 3);
        disk.afterEachOperation(() -> explore(bug));
        journal.pack(1);
        for (int divisor : new int[]{5, 3}) {
            for (int number = 1; number <= journal.sealedSegments(); number++) {
                Set<Long> asked = new HashSet<>();
                LongPredicate before = may;
                may = before.or(it -> it % divisor == 0);
                journal.erase(number, PackedStore.eraser(it -> it % divisor == 0 && asked.add(it)));
                must.addAll(asked);
                explore(bug);
            }
        }
        assertThat(must).hasSizeGreaterThan(EVENTS / 3);
        disk.endProcess();
    }

    private void explore(PlantedBug bug) {
        PowerCut cut = disk.powerCut();
        choice.choose(cut, new SplittableRandom(disk.operations()), ways -> {
            states++;
            try {
                look(cut.state(ways), bug);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("after " + disk.lastOperation() + ", " + CrashStates.inWords(ways) + ": " + e,
                        e);
            }
            return true;
        });
    }

    private void look(RecordingDisk state, PlantedBug bug) throws IOException {
        for (long position : must) {
            assertThat(PackedStore.filesWith(state, position)).as("erased event %d", position).isEmpty();
        }
        FileJournal reader = FileJournal.openReadOnly(state, bug);
        List<Long> seen = PackedStore.check(reader, EVENTS, may, must::contains);
        reader.close();
        try (FileJournal journal = FileJournal.open(state, PackedStore.TINY, Ids.NUMBERED, Ids.CLOCK, bug)) {
            assertThat(PackedStore.check(journal, EVENTS, may, must::contains)).isEqualTo(seen);
            for (long position : seen) {
                assertThat(PackedStore.filesWith(state, position)).as("erased event %d", position).isEmpty();
            }
        }
        // A crash of the opening, and the next one.
        PowerCut cut = state.powerCut();
        try (FileJournal journal = FileJournal.open(cut.state(new int[cut.units()]), PackedStore.TINY, Ids.NUMBERED,
                Ids.CLOCK, bug)) {
            assertThat(PackedStore.check(journal, EVENTS, may, must::contains)).isEqualTo(seen);
        }
    }
}
