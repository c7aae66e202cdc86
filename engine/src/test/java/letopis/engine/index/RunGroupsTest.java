package letopis.engine.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import letopis.engine.index.RunGroups.Group;
import letopis.engine.index.run.HeapSink;
import letopis.engine.index.run.Merge;
import letopis.engine.index.run.Run;
import letopis.engine.index.run.TermKey;
import letopis.journal.JournalMark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which runs are merged: neighbours of one level, all on disk or all in memory, the oldest of them first. */
class RunGroupsTest {
    private static final UUID STORE = new UUID(1, 2);
    private static final JournalMark MARK = JournalMark.decode(new byte[40], 0);
    private static final long ANY = Long.MAX_VALUE;

    /** Of each digit a run of that level; on disk, unless an {@code m} is before it; its end is known where a {@code !} follows. */
    private static List<Slot> slots(String said) throws IOException {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < said.length(); i++) {
            char one = said.charAt(i);
            if (one == 'p') {
                slots.add(Slot.unsaved(new MemoryPart(0, TermKey.seed(STORE)), Optional.empty()));
            } else if (Character.isDigit(one)) {
                boolean inMemory = i > 0 && said.charAt(i - 1) == 'm';
                boolean known = i + 1 < said.length() && said.charAt(i + 1) == '!';
                slots.add(new Slot(run(one - '0'), known ? Optional.of(MARK) : Optional.empty(),
                        inMemory ? 0 : slots.size() + 1));
            }
        }
        return slots;
    }

    private static Run run(int level) throws IOException {
        MemoryPart part = new MemoryPart(0, TermKey.seed(STORE));
        part.begin(1, 2, 3, 4);
        HeapSink sink = new HeapSink();
        Merge.of(List.of(part), STORE, level, 0, () -> {}).write(sink, null);
        return Run.open("a run", sink.toBytes());
    }

    /** The group of three that is due, as the first index and the level; "none" if none is. */
    private static String due(String said, boolean saved, int belowLevel) throws IOException {
        List<Slot> slots = slots(said);
        Optional<Group> group = RunGroups.due(slots, 3, belowLevel, saved, ANY);
        if (group.isEmpty()) {
            return "none";
        }
        int first = slots.indexOf(group.get().slots().getFirst());
        assertThat(group.get().slots()).isEqualTo(slots.subList(first, first + 3));
        return first + " of level " + group.get().level();
    }

    @Test
    void enoughNeighboursOfALevelAreMergedTheOldestFirst() throws IOException {
        assertThat(due("00", true, 9)).isEqualTo("none");
        assertThat(due("000!", true, 9)).isEqualTo("0 of level 0");
        assertThat(due("1000!", true, 9)).isEqualTo("1 of level 0");
        assertThat(due("10000!", true, 9)).isEqualTo("1 of level 0");
        assertThat(due("11100!", true, 9)).isEqualTo("0 of level 1");
        assertThat(due("111000!", true, 9)).as("the lowest level").isEqualTo("3 of level 0");
        assertThat(due("110100!", true, 9)).as("one of a lower level counts as those behind it")
                .isEqualTo("0 of level 1");
        assertThat(due("2111!", true, 2)).isEqualTo("1 of level 1");
        assertThat(due("2111!", true, 1)).as("not of this level").isEqualTo("none");
    }

    @Test
    void thoseOnDiskAndThoseInMemoryAreNotMixed() throws IOException {
        assertThat(due("00m0", true, 9)).isEqualTo("none");
        assertThat(due("00m0", false, 9)).isEqualTo("none");
        assertThat(due("00m0m0m0", false, 9)).isEqualTo("2 of level 0");
        assertThat(due("000!m0m0", true, 9)).isEqualTo("0 of level 0");
        assertThat(due("00p0", true, 9)).as("a part in memory is no run").isEqualTo("none");
    }

    @Test
    void whatTheManifestNamesIsMergedWholeOrNot() throws IOException {
        assertThat(RunGroups.named(slots("00!00"))).isEqualTo(2);
        assertThat(RunGroups.named(slots("0!0!00!"))).isEqualTo(4);
        assertThat(RunGroups.named(slots("00!m0!0!"))).as("up to the first that is not on disk").isEqualTo(2);
        assertThat(RunGroups.named(slots("000"))).isZero();
        assertThat(due("00!0", true, 9)).isEqualTo("none");
        assertThat(due("000", true, 9)).isEqualTo("0 of level 0");
        assertThat(due("1!000", true, 9)).isEqualTo("1 of level 0");
        assertThat(due("000!0", true, 9)).isEqualTo("0 of level 0");
    }

    @Test
    void aGroupThatWouldBeTooLargeIsLeft() throws IOException {
        List<Slot> slots = slots("000!");
        long bytes = 3 * ((Run) slots.getFirst().part()).bytes();
        assertThat(RunGroups.due(slots, 3, 9, true, bytes)).isPresent();
        assertThat(RunGroups.due(slots, 3, 9, true, bytes - 1)).isEmpty();
    }
}
