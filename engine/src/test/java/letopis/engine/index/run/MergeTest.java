package letopis.engine.index.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import letopis.engine.index.run.ListedPart.ListedEntry;
import letopis.engine.record.Name;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A run that stands for several parts says what they say together, without what is gone. */
class MergeTest {
    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final UUID store = new UUID(random.nextLong(), random.nextLong());

    private List<ListedPart> parts() {
        int[] sizes = new int[1 + random.nextInt(4)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(700);
        }
        return new RandomParts(random).of(sizes);
    }

    private Run merged(List<ListedPart> parts, long after, long idsFrom, Set<Long> erased) throws IOException {
        HeapSink sink = new HeapSink();
        new Merge(parts, after, store, 1, idsFrom, erased.isEmpty() ? Merge.NOTHING : erased::contains, () -> {})
                .write(sink, null);
        Run run = Run.open("a run", sink.toBytes());
        run.checkAll();
        return run;
    }

    @RepeatedTest(30)
    void nothingIsLost() throws IOException {
        List<ListedPart> parts = parts();
        same(merged(parts, 0, 0, Set.of()), parts, parts.getFirst().base(), Set.of());
    }

    /** Of a stream its oldest events are erased, as of all that has their tags and types. */
    @RepeatedTest(30)
    void whatIsErasedIsLeftOutAndTheOthersKeepTheirRevisions() throws IOException {
        List<ListedPart> parts = parts();
        Set<Long> erased = erased(parts);
        same(merged(parts, 0, 0, erased), parts, parts.getFirst().base(), erased);
    }

    @RepeatedTest(30)
    void whatLiesBeforeAPositionWasNeverHere() throws IOException {
        List<ListedPart> parts = parts();
        ListedPart first = parts.getFirst();
        long after = first.base() + random.nextInt((int) (first.last() - first.base()) + 1);
        Set<Long> erased = random.nextBoolean() ? Set.of() : erased(parts);
        same(merged(parts, after, 0, erased), parts, after, erased);
    }

    @RepeatedTest(30)
    void theNewestIdsAreKeptWithoutAGap() throws IOException {
        List<ListedPart> parts = parts();
        long base = parts.getFirst().base();
        long last = parts.getLast().last();
        long idsFrom = random.nextBoolean() ? 0 : base + random.nextInt((int) (last - base) + 2);
        Run run = merged(parts, 0, idsFrom, Set.of());

        long expected = last + 1;
        while (expected - 1 > base && expected - 1 >= idsFrom && knowsId(parts, expected - 1)) {
            expected--;
        }
        assertThat(run.idsFrom()).as("seed %s", seed).isEqualTo(expected);
        for (long position = expected; position <= last; position++) {
            assertThat(run.idHash(position)).as("seed %s", seed).isEqualTo(partOf(parts, position).idHash(position));
        }
    }

    @Test
    void thePauseIsAskedNowAndThenAndMayEndTheWriting() throws IOException {
        List<ListedPart> parts = new RandomParts(random).of(3_000, 3_000, 3_000);
        int[] asked = {0};
        new Merge(parts, 0, store, 1, 0, Merge.NOTHING, () -> asked[0]++).write(new HeapSink(), null);
        // after each 4,096 of places and times, streams and types, and tags of three in four
        assertThat(asked[0]).isBetween(8, 10);
        IOException ended = new IOException("enough");
        assertThatThrownBy(() -> new Merge(parts, 0, store, 1, 0, Merge.NOTHING, () -> {
            throw ended;
        }).write(new HeapSink(), null)).isSameAs(ended);
    }

    private Set<Long> erased(List<ListedPart> parts) {
        Set<Long> erased = new HashSet<>();
        Set<Name> streams = new HashSet<>();
        parts.forEach(part -> streams.addAll(part.of(TermKind.STREAM).keySet()));
        for (Name stream : streams) {
            List<Long> all = positions(parts, TermKind.STREAM, stream);
            int gone = switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> all.size();
                default -> random.nextInt(all.size() + 1);
            };
            erased.addAll(all.subList(0, gone));
        }
        return erased;
    }

    private static List<Long> positions(List<ListedPart> parts, TermKind kind, Name name) {
        List<Long> all = new ArrayList<>();
        for (ListedPart part : parts) {
            ListedEntry entry = part.of(kind).get(name);
            if (entry != null) {
                Arrays.stream(entry.positions()).forEach(all::add);
            }
        }
        return all;
    }

    private void same(Run run, List<ListedPart> parts, long base, Set<Long> erased) {
        assertThat(run.base()).isEqualTo(base);
        assertThat(run.last()).isEqualTo(parts.getLast().last());
        for (long position = base + 1; position <= run.last(); position++) {
            ListedPart part = partOf(parts, position);
            assertThat(run.place(position)).as("seed %s", seed).isEqualTo(part.place(position));
            assertThat(run.timeMicros(position)).as("seed %s", seed).isEqualTo(part.timeMicros(position));
        }
        long begun = 0;
        for (TermKind kind : TermKind.values()) {
            Set<Name> names = new HashSet<>();
            parts.forEach(part -> names.addAll(part.of(kind).keySet()));
            long entries = 0;
            for (Name name : names) {
                begun += began(parts, kind, name, base) ? 1 : 0;
                entries += sameTerm(run, parts, kind, name, base, erased) ? 1 : 0;
            }
            assertThat(run.entryCount(kind)).as("seed %s: %s", seed, kind).isEqualTo(entries);
        }
        assertThat(run.streamsBegun(Long.MAX_VALUE)).as("seed %s", seed).isEqualTo(begun);
    }

    private static boolean began(List<ListedPart> parts, TermKind kind, Name name, long base) {
        for (ListedPart part : parts) {
            ListedEntry entry = part.of(kind).get(name);
            if (entry != null && entry.beganHere() && entry.at(0) > base) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is such an entry. */
    private boolean sameTerm(Run run, List<ListedPart> parts, TermKind kind, Name name, long base, Set<Long> erased) {
        List<Long> before = positions(parts, kind, name);
        List<Long> kept = before.stream().filter(it -> it > base && !erased.contains(it)).toList();
        List<ListedEntry> entries = new ArrayList<>();
        for (ListedPart part : parts) {
            ListedEntry entry = part.of(kind).get(name);
            if (entry != null) {
                entries.add(entry);
            }
        }
        StreamRules rules = entries.getLast().rules();
        Entry found = run.find(TermKey.of(TermKey.seed(store), kind, name));
        if (kept.isEmpty() && rules.equals(StreamRules.NONE)) {
            assertThat(found).as("seed %s: %s %s", seed, kind, name).isNull();
            return false;
        }
        if (found == null) {
            throw new AssertionError("seed " + seed + ": " + kind + " " + name + " is not found");
        }
        List<Long> all = new ArrayList<>();
        for (long rank = 0; rank < found.count(); rank++) {
            all.add(found.at(rank));
        }
        assertThat(all).as("seed %s: %s %s", seed, kind, name).isEqualTo(kept);
        assertThat(found.rules()).as("seed %s: %s", seed, name).isEqualTo(rules);
        assertThat(found.beganHere()).as("seed %s: %s", seed, name).isEqualTo(began(parts, kind, name, base));
        if (kind == TermKind.STREAM) {
            long first = entries.stream()
                    .filter(it -> it.count() > 0)
                    .findFirst()
                    .orElse(entries.getLast())
                    .baseRevision();
            assertThat(found.baseRevision()).as("seed %s: %s", seed, name)
                    .isEqualTo(first + before.size() - kept.size());
        }
        return true;
    }

    private static ListedPart partOf(List<ListedPart> parts, long position) {
        return parts.stream().filter(it -> it.base() < position && position <= it.last()).findFirst().orElseThrow();
    }

    private static boolean knowsId(List<ListedPart> parts, long position) {
        return partOf(parts, position).idsFrom() <= position;
    }
}
