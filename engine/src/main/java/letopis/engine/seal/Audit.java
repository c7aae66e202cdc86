package letopis.engine.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.disk.Disk;
import letopis.proof.ChunkRoots;
import letopis.proof.Hash;
import letopis.proof.SealedRoot;
import letopis.proof.Subtrees;
import letopis.proof.TreeHasher;
import letopis.proof.VerifyingKey;

/**
 * Compares all events of a log with all seals in it, and with roots that were kept elsewhere. Trusts the keys and nothing in the
 * store's directory.
 */
public final class Audit {
    private final Journal journal;
    private final Collection<VerifyingKey> keys;
    private final List<Difference> found = new ArrayList<>();
    private final List<TreeScan.Met> met = new ArrayList<>();

    /** Events that are not those that were sealed: from the first position to the last, both included. */
    public record Difference(long firstPosition, long lastPosition, String what) {}

    /**
     * What an audit found.
     *
     * @param events how many events there are, erased ones included
     * @param erased how many of them were erased
     * @param seals  how many seals of the keys there are
     * @param newest the newest of them that is right
     * @param found  what is wrong
     */
    public record Result(long events, long erased, long seals, Optional<SealedRoot> newest, List<Difference> found) {}

    /** @param keys the public keys whose seals count */
    public Audit(Journal journal, Collection<VerifyingKey> keys) {
        this.journal = journal;
        this.keys = keys;
    }

    /**
     * Reads the whole log.
     *
     * @param saved      roots that were kept elsewhere, signed with one of the keys
     * @param remembered where the tree is remembered, to tell places more closely
     * @param watched    puts something around the visitor, to see how far it is
     */
    public Result run(Collection<SealedRoot> saved, Optional<Disk> remembered, UnaryOperator<BlockVisitor> watched)
            throws IOException {
        TreeScan scan = scan(saved.stream().map(TreeScan.Expected::keptElsewhere).toList(), watched);
        scan.malformed()
                .forEach(it -> found.add(new Difference(it.position(), it.position(),
                        "behind this event " + at(it.place()) + " is a seal that is none: " + it.what())));
        met.addAll(scan.met());
        if (!scan.late().isEmpty()) {
            TreeScan second = scan(scan.late(), UnaryOperator.identity());
            second.met().stream().filter(it -> scan.late().contains(it.expected())).forEach(met::add);
        }
        List<TreeScan.Met> trusted = met.stream().filter(it -> isTrusted(it.expected())).toList();
        compare(trusted, scan, remembered);
        List<TreeScan.Expected> beyond = scan.beyond().stream().filter(this::isTrusted).toList();
        beyond.stream()
                .max(Comparator.comparingLong(it -> it.root().size()))
                .ifPresent(it -> found.add(
                        new Difference(scan.events() + 1, it.root().size(), name(it) + " is over " + it.root().size()
                                + " events, and there are " + scan.events()
                                + ": the others were cut off, or this is an older copy")));
        List<SealedRoot> right = trusted.stream()
                .filter(it -> it.matches() && it.expected().place().isPresent())
                .map(it -> it.expected().root())
                .toList();
        if (trusted.isEmpty() && beyond.isEmpty()) {
            found.add(new Difference(1, scan.events(), "there is no seal of this key in the log"));
        }
        long seals = trusted.stream().filter(it -> it.expected().place().isPresent()).count();
        return new Result(scan.events(), scan.erased(), seals,
                right.stream().max(Comparator.comparingLong(SealedRoot::size)), List.copyOf(found));
    }

    private TreeScan scan(List<TreeScan.Expected> known, UnaryOperator<BlockVisitor> watched) throws IOException {
        TreeScan scan = new TreeScan(journal.storeId(), known);
        journal.replay(1, watched.apply(scan));
        return scan.end();
    }

    /** A seal of a stranger says nothing; one in the name of a key that did not sign it is a forgery. */
    private boolean isTrusted(TreeScan.Expected it) {
        UUID store = it.root().store();
        if (keys.stream().noneMatch(key -> key.id().equals(it.root().key())) || !store.equals(journal.storeId())) {
            return false;
        }
        if (it.root().isSignedBy(keys)) {
            return true;
        }
        Difference forged = new Difference(it.root().size(), it.root().size(),
                name(it) + " over the events up to here has a signature that its key did not make");
        if (!found.contains(forged)) {
            found.add(forged);
        }
        return false;
    }

    private void compare(List<TreeScan.Met> trusted, TreeScan scan, Optional<Disk> remembered) throws IOException {
        Optional<TreeScan.Met> first = trusted.stream()
                .filter(it -> !it.matches())
                .min(Comparator.comparingLong(it -> it.expected().root().size()));
        if (first.isEmpty()) {
            return;
        }
        long size = first.get().expected().root().size();
        long good = trusted.stream()
                .filter(TreeScan.Met::matches)
                .mapToLong(it -> it.expected().root().size())
                .filter(it -> it < size)
                .max()
                .orElse(0);
        TreeScan.Expected expected = trusted.stream()
                .filter(it -> !it.matches() && it.expected().root().size() == size)
                .map(TreeScan.Met::expected)
                .max(Comparator.comparingInt(it -> it.frontier().size()))
                .orElseThrow();
        ChunkRoots chunks = new ChunkRoots();
        if (remembered.isPresent()) {
            SealFiles.read(remembered.get(), journal.storeId(), chunks);
        }
        Part part = expected.frontier().isEmpty()
                ? new Part(0, size)
                : firstDifference(expected, scan.chunks(), chunks);
        long wrong = trusted.stream().filter(it -> !it.matches()).count();
        found.add(new Difference(Math.max(good, part.from) + 1, Math.min(size, part.to),
                name(expected) + " does not match: from here on an event was changed, taken out, put in, or moved; "
                        + "up to " + Math.max(good, part.from) + " all is as it was"
                        + (wrong > 1 ? "; " + (wrong - 1) + " later seals do not match either" : "")));
    }

    /** Leaves from one number to another, the latter not included. */
    private record Part(long from, long to) {}

    /**
     * Where the tree begins to differ from a seal: the first of the subtrees in its frontier, and the first chunk in that, if
     * the chunks that are remembered are those that the seal was made for.
     */
    private static Part firstDifference(TreeScan.Expected seal, ChunkRoots is, ChunkRoots remembered) {
        TreeHasher hasher = new TreeHasher();
        Subtrees now = is.over(hasher, (_, _) -> hasher.empty());
        Subtrees then = remembered.over(hasher, (_, _) -> hasher.empty());
        long size = seal.root().size();
        long from = 0;
        for (Hash root : seal.frontier()) {
            int level = 63 - Long.numberOfLeadingZeros(size - from);
            if (level < ChunkRoots.LEVEL) {
                break;
            }
            long index = from >>> level;
            long to = from + (1L << level);
            if (!now.root(level, index).equals(root)) {
                boolean known = to <= remembered.leaves() && then.root(level, index).equals(root);
                return known ? firstChunk(from, to, is, remembered) : new Part(from, to);
            }
            from = to;
        }
        return new Part(from, size);
    }

    private static Part firstChunk(long from, long to, ChunkRoots is, ChunkRoots remembered) {
        long chunk = from >>> ChunkRoots.LEVEL;
        while (chunk < to >>> ChunkRoots.LEVEL && is.get((int) chunk).equals(remembered.get((int) chunk))) {
            chunk++;
        }
        return new Part(chunk << ChunkRoots.LEVEL, (chunk + 1) << ChunkRoots.LEVEL);
    }

    private String name(TreeScan.Expected it) {
        return it.place().map(place -> "the seal " + at(place)).orElse("the root that was kept elsewhere");
    }

    private String at(long place) {
        var where = journal.damaged(place, "");
        return "in " + where.place() + " at " + where.offset();
    }
}
