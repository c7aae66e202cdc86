package letopis.engine.index.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

import letopis.engine.index.run.ListedPart.ListedEntry;
import letopis.engine.record.Name;
import letopis.store.Forget.Retention;

/** Parts that follow each other, of events of some streams, types and tags, with rules here and there. */
final class RandomParts {
    private final Random random;
    private final int streams;
    private final int bits;
    private final Map<Name, Long> revisions = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private final Map<Name, StreamRules> rules = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private long position;
    private long time;

    RandomParts(Random random) {
        this.random = random;
        streams = 1 + random.nextInt(80);
        bits = random.nextInt(63);
        position = random.nextInt(3) == 0 ? random.nextLong(1L << 40) : 0;
    }

    List<ListedPart> of(int... sizes) {
        List<ListedPart> parts = new ArrayList<>();
        for (int size : sizes) {
            parts.add(part(size));
        }
        return parts;
    }

    private ListedPart part(int size) {
        long base = position;
        Map<TermKind, TreeMap<Name, ListedEntry>> terms = ListedPart.noTerms();
        ListedPart part = new ListedPart(base, new long[size], new long[size], new int[size],
                base + 1 + (random.nextBoolean() ? 0 : random.nextInt(size + 1)), terms);
        for (int i = 0; i < size; i++) {
            position++;
            time += random.nextInt(5);
            part.places()[i] = random.nextLong(1L << bits);
            part.times()[i] = time;
            part.ids()[i] = random.nextInt();
            Name stream = Name.of("s-" + random.nextInt(streams) + "x".repeat(random.nextInt(streams) % 12));
            long revision = revisions.merge(stream, 1L, Long::sum) - 1;
            add(part, TermKind.STREAM, stream, revision);
            add(part, TermKind.TYPE, Name.of("Type" + random.nextInt(3)), 0);
            if (random.nextInt(4) > 0) {
                add(part, TermKind.TAG, Name.of("é:" + random.nextInt(1 + size / 4)), 0);
            }
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            Name stream = Name.of(random.nextBoolean() ? "s-" + random.nextInt(streams) : "never-" + random.nextInt(3));
            rules.put(stream, randomRules());
            part.of(TermKind.STREAM)
                    .computeIfAbsent(stream, it -> new ListedEntry(it.utf8(), revisions.getOrDefault(it, 0L),
                            StreamRules.NONE, false, new long[0]));
        }
        part.of(TermKind.STREAM)
                .replaceAll((name, it) -> new ListedEntry(it.name(), it.baseRevision(),
                        rules.getOrDefault(name, StreamRules.NONE), it.beganHere(), it.positions()));
        return part;
    }

    private void add(ListedPart part, TermKind kind, Name name, long revision) {
        boolean began = kind == TermKind.STREAM && revision == 0;
        ListedEntry one = new ListedEntry(name.utf8(), revision, StreamRules.NONE, began, new long[]{position});
        part.of(kind).merge(name, one, (old, added) -> {
            long[] positions = new long[old.positions().length + 1];
            System.arraycopy(old.positions(), 0, positions, 0, positions.length - 1);
            positions[positions.length - 1] = position;
            return new ListedEntry(old.name(), old.baseRevision(), old.rules(), old.beganHere(), positions);
        });
    }

    private StreamRules randomRules() {
        Retention retention = new Retention(
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(random.nextInt(99), 7)),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(1L + random.nextInt(1_000)));
        return new StreamRules(random.nextInt(300), random.nextInt(300), random.nextBoolean(), retention,
                random.nextBoolean()
                        ? StreamRules.Floor.NONE
                        : new StreamRules.Floor(1 + random.nextInt(300), random.nextLong(1L << 50), random.nextLong()));
    }
}
