package letopis.engine.seal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import letopis.engine.record.MalformedRecordException;
import letopis.journal.BlockVisitor;
import letopis.journal.RecordKind;
import letopis.proof.ChunkRoots;
import letopis.proof.Frontier;
import letopis.proof.Hash;
import letopis.proof.SealedRoot;
import letopis.proof.TreeHasher;

/**
 * Hashes all events of a log again, and compares the tree with roots: those that are known before, and those that seals in the
 * log give.
 *
 * <p>A seal stands in the log some events behind those that it is about. So the newest leaves are kept apart until they are
 * {@value #MAX_BEHIND}, and a seal that comes later than that is told to be {@linkplain #late}: for a second scan, which knows
 * it before.
 */
final class TreeScan implements BlockVisitor {
    static final int MAX_BEHIND = 1 << 16;

    private final UUID store;
    private final TreeHasher hasher = new TreeHasher();
    private final ChunkRoots chunks = new ChunkRoots();
    private final Frontier frontier = new Frontier(hasher, chunks);
    private final ArrayDeque<Hash> behind = new ArrayDeque<>();
    private final Map<Long, List<Expected>> expected = new HashMap<>();
    private final List<Met> met = new ArrayList<>();
    private final List<Expected> late = new ArrayList<>();
    private final List<Malformed> malformed = new ArrayList<>();
    private final List<SealFiles.Remembered> seals = new ArrayList<>();
    private long events;
    private long erased;

    /**
     * A root that the tree should have.
     *
     * @param frontier what the seal gives beside it; nothing for a root that was kept elsewhere
     * @param place    where the seal is in the log; nothing for a root that was kept elsewhere
     */
    record Expected(SealedRoot root, List<Hash> frontier, Optional<Long> place) {
        static Expected keptElsewhere(SealedRoot root) {
            return new Expected(root, List.of(), Optional.empty());
        }
    }

    /** A root that was compared. */
    record Met(Expected expected, boolean matches) {}

    /** A record that should be a seal. */
    record Malformed(long place, long position, String what) {}

    TreeScan(UUID store, List<Expected> known) {
        this.store = store;
        known.forEach(this::expect);
    }

    @Override
    public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
        if (kind.takesPosition()) {
            events++;
            erased += kind == RecordKind.ERASED ? 1 : 0;
            behind.add(EventLeaf.of(hasher, kind, payload));
            if (behind.size() > MAX_BEHIND) {
                advance();
            }
        } else if (kind == RecordKind.SEAL) {
            seal(place, payload);
        }
    }

    private void seal(long place, ByteBuffer payload) {
        try {
            SealRecord seal = SealRecord.decode(store, payload);
            seals.add(new SealFiles.Remembered(seal.root().size(), place, seal.root().root()));
            expect(new Expected(seal.root(), seal.frontier(), Optional.of(place)));
        } catch (MalformedRecordException e) {
            malformed.add(new Malformed(place, events, String.valueOf(e.getMessage())));
        }
    }

    private void expect(Expected root) {
        if (root.root.size() < frontier.size()) {
            late.add(root);
        } else if (root.root.size() == frontier.size()) {
            compare(root);
        } else {
            expected.computeIfAbsent(root.root.size(), _ -> new ArrayList<>()).add(root);
        }
    }

    private void advance() {
        frontier.append(behind.remove());
        List<Expected> here = expected.remove(frontier.size());
        if (here != null) {
            here.forEach(this::compare);
        }
    }

    private void compare(Expected root) {
        met.add(new Met(root, frontier.root().equals(root.root.root())));
    }

    /** No more records follow. */
    TreeScan end() {
        while (!behind.isEmpty()) {
            advance();
        }
        return this;
    }

    /** The roots that were compared. */
    List<Met> met() {
        return met;
    }

    /** The roots over more events than there are. */
    List<Expected> beyond() {
        return expected.values().stream().flatMap(List::stream).toList();
    }

    /** The seals that came too late in the log to be compared in this scan. */
    List<Expected> late() {
        return late;
    }

    List<Malformed> malformed() {
        return malformed;
    }

    /** The seals in the order of the log. */
    List<SealFiles.Remembered> seals() {
        return seals;
    }

    ChunkRoots chunks() {
        return chunks;
    }

    Frontier frontier() {
        return frontier;
    }

    long events() {
        return events;
    }

    long erased() {
        return erased;
    }
}
