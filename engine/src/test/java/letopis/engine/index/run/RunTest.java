package letopis.engine.index.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A run of one part says all that the part says, however it is asked. */
class RunTest {
    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final UUID store = new UUID(random.nextLong(), random.nextLong());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 128, 129, 130, 400, 1_500, 3_000})
    void aRunSaysWhatItsPartSays(int events) throws IOException {
        ListedPart part = new RandomParts(random).of(events).getFirst();
        Run run = written(part);

        assertThat(run.level()).isEqualTo(3);
        assertThat(run.storeId()).isEqualTo(store);
        assertThat(run).hasToString("a run (" + (part.base() + 1) + " to " + part.last() + ", level 3)");
        sameNumbers(run, part);
        sameTerms(run, part);
        assertThat(run.hasRules()).isEqualTo(part.hasRules());
        for (long head = part.base(); head <= part.last() + 1; head += 1 + events / 50) {
            assertThat(run.streamsBegun(head)).as("seed %s, head %s", seed, head).isEqualTo(part.streamsBegun(head));
        }
        assertThat(RunCheck.fingerprint(run, _ -> false)).as("seed %s", seed).isEqualTo(fingerprint(part));
    }

    private Run written(ListedPart part) throws IOException {
        HeapSink sink = new HeapSink();
        Merge.of(List.of(part), store, 3, 0, () -> {}).write(sink, null);
        Run run = Run.open("a run", sink.toBytes());
        assertThat(run.bytes()).isEqualTo(sink.toBytes().length);
        byte[] copied = new byte[(int) run.bytes()];
        run.copy(0, copied, copied.length);
        assertThat(copied).isEqualTo(sink.toBytes());
        return run;
    }

    private void sameNumbers(Run run, ListedPart part) {
        assertThat(run.base()).isEqualTo(part.base());
        assertThat(run.last()).isEqualTo(part.last());
        assertThat(run.idsFrom()).isEqualTo(part.idsFrom());
        for (long position = part.base() + 1; position <= part.last(); position++) {
            assertThat(run.place(position)).as("seed %s", seed).isEqualTo(part.place(position));
            assertThat(run.timeMicros(position)).as("seed %s", seed).isEqualTo(part.timeMicros(position));
            if (position >= part.idsFrom()) {
                assertThat(run.idHash(position)).as("seed %s", seed).isEqualTo(part.idHash(position));
            }
        }
        int events = (int) (part.last() - part.base());
        for (int i = 0; i < 50 && events > 0; i++) {
            long from = part.base() + 1 + random.nextInt(events);
            int count = 1 + random.nextInt((int) (part.last() - from + 1));
            long[] found = new long[count];
            long[] expected = new long[count];
            run.places(from, found, count);
            part.places(from, expected, count);
            assertThat(found).as("seed %s", seed).isEqualTo(expected);
            run.timesMicros(from, found, count);
            part.timesMicros(from, expected, count);
            assertThat(found).as("seed %s", seed).isEqualTo(expected);
            if (from >= part.idsFrom()) {
                int[] ids = new int[count];
                int[] expectedIds = new int[count];
                run.idHashes(from, ids, count);
                part.idHashes(from, expectedIds, count);
                assertThat(ids).as("seed %s", seed).isEqualTo(expectedIds);
            }
        }
    }

    private void sameTerms(Run run, ListedPart part) {
        long storeSeed = TermKey.seed(store);
        for (TermKind kind : TermKind.values()) {
            assertThat(run.entryCount(kind)).isEqualTo(part.entryCount(kind));
            for (Name name : part.of(kind).keySet()) {
                @Nullable
                Entry found = run.find(TermKey.of(storeSeed, kind, name));
                if (found == null) {
                    throw new AssertionError("seed " + seed + ": " + kind + " " + name + " is not found");
                }
                sameEntry(found, Objects.requireNonNull(part.of(kind).get(name)));
                for (TermKind other : TermKind.values()) {
                    if (!part.of(other).containsKey(name)) {
                        assertThat(run.find(TermKey.of(storeSeed, other, name))).isNull();
                    }
                }
            }
            for (String name : new String[]{"", "s-", "zzz", "s-1y", "é:", "Type9"}) {
                if (!part.of(kind).containsKey(Name.of(name))) {
                    assertThat(run.find(TermKey.of(storeSeed, kind, Name.of(name)))).isNull();
                }
                assertThat(names(run, kind, name)).as("seed %s, from %s", seed, name)
                        .isEqualTo(names(part, kind, name));
            }
            for (Name name : part.of(kind).keySet()) {
                if (random.nextInt(8) == 0) {
                    assertThat(names(run, kind, name.toString())).as("seed %s, from %s", seed, name)
                            .isEqualTo(names(part, kind, name.toString()));
                }
            }
        }
    }

    private static List<Name> names(Part part, TermKind kind, String from) {
        List<Name> names = new ArrayList<>();
        EntryWalk walk = part.entries(kind, from.getBytes(StandardCharsets.UTF_8));
        for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
            names.add(Name.ofUtf8(entry.name()));
        }
        return names;
    }

    private void sameEntry(Entry found, Entry expected) {
        assertThat(found.name()).isEqualTo(expected.name());
        assertThat(found.baseRevision()).isEqualTo(expected.baseRevision());
        assertThat(found.rules()).isEqualTo(expected.rules());
        assertThat(found.beganHere()).isEqualTo(expected.beganHere());
        assertThat(found.count()).isEqualTo(expected.count());
        assertThat(found.last()).isEqualTo(expected.last());
        int count = (int) found.count();
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            all[i] = expected.at(i);
        }
        for (int i = 0; i < Math.min(60, 2 * count); i++) {
            int rank = random.nextInt(count);
            assertThat(found.at(rank)).as("seed %s, rank %s", seed, rank).isEqualTo(all[rank]);
            long[] target = new long[1 + random.nextInt(200)];
            rank = random.nextInt(count);
            int copied = found.copy(rank, target);
            assertThat(copied).isPositive();
            assertThat(Arrays.copyOf(target, copied)).as("seed %s, from rank %s", seed, rank)
                    .isEqualTo(Arrays.copyOfRange(all, rank, rank + copied));
            long position = all[random.nextInt(count)] + random.nextInt(3) - 1;
            int from = random.nextInt(count + 1);
            int to = from + random.nextInt(count - from + 1);
            assertThat(found.rankAbove(position, from, to)).as("seed %s, %s from %s to %s", seed, position, from, to)
                    .isEqualTo(expected.rankAbove(position, from, to));
            assertThat(found.countUpTo(position)).isEqualTo(expected.countUpTo(position));
        }
    }

    private long fingerprint(ListedPart part) {
        long storeSeed = TermKey.seed(store);
        long sum = 0;
        for (long position = part.base() + 1; position <= part.last(); position++) {
            sum += Fingerprint.position(position, part.place(position), part.timeMicros(position));
        }
        for (TermKind kind : TermKind.values()) {
            for (ListedPart.ListedEntry entry : part.of(kind).values()) {
                for (int rank = 0; rank < entry.count(); rank++) {
                    sum += Fingerprint.posting(storeSeed, kind, entry.name(), 0, entry.name().length, entry.at(rank),
                            kind == TermKind.STREAM ? entry.baseRevision() + rank : 0);
                }
            }
        }
        return sum;
    }
}
