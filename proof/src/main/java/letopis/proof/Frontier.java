package letopis.proof;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: of each complete subtree that is not part of a larger one, its root. These are as many as
 * the size has bits that are 1, at most 63, and are all that is needed to add leaves and to know the root. For one thread at a
 * time.
 */
public final class Frontier {
    private static final int LEVELS = 63;

    private final TreeHasher hasher;
    private final @Nullable Hash[] roots = new @Nullable Hash[LEVELS];
    private final Completed completed;
    private long size;

    /** Hears of each subtree that a new leaf completes: of the leaf itself first, then of the larger ones. */
    @FunctionalInterface
    public interface Completed {
        /** For those who do not want to know. */
        Completed UNHEARD = (_, _, _) -> {};

        /**
         * @param level the subtree has 2<sup>level</sup> leaves
         * @param index how many subtrees of this size stand to its left
         */
        void subtree(int level, long index, Hash root);
    }

    /** A tree without leaves. */
    public Frontier(TreeHasher hasher, Completed completed) {
        this.hasher = hasher;
        this.completed = completed;
    }

    /** The same, where nobody hears of the subtrees. */
    public Frontier(TreeHasher hasher) {
        this(hasher, Completed.UNHEARD);
    }

    /**
     * Goes on with a tree of this size.
     *
     * @param frontier what {@link #hashes} gave for it
     * @throws IllegalArgumentException if these are not as many as the size has subtrees
     */
    public void restore(long newSize, List<Hash> frontier) {
        if (newSize < 0 || frontier.size() != Long.bitCount(newSize)) {
            throw new IllegalArgumentException(
                    "a tree of " + newSize + " leaves has no frontier of " + frontier.size());
        }
        size = newSize;
        int next = 0;
        for (int level = LEVELS - 1; level >= 0; level--) {
            roots[level] = has(level) ? frontier.get(next++) : null;
        }
    }

    /** Adds a leaf behind all others. */
    public void append(Hash leaf) {
        Hash root = leaf;
        int level = 0;
        completed.subtree(0, size, root);
        for (; has(level); level++) {
            root = hasher.node(at(level), root);
            roots[level] = null;
            completed.subtree(level + 1, size >>> (level + 1), root);
        }
        roots[level] = root;
        size++;
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** The root of the tree. */
    public Hash root() {
        if (size == 0) {
            return hasher.empty();
        }
        int level = Long.numberOfTrailingZeros(size);
        Hash root = at(level);
        for (level++; level < LEVELS; level++) {
            if (has(level)) {
                root = hasher.node(at(level), root);
            }
        }
        return root;
    }

    /** The roots of the complete subtrees, the largest first. */
    public List<Hash> hashes() {
        List<Hash> all = new ArrayList<>(Long.bitCount(size));
        for (int level = LEVELS - 1; level >= 0; level--) {
            if (has(level)) {
                all.add(at(level));
            }
        }
        return all;
    }

    private boolean has(int level) {
        return (size >>> level & 1) != 0;
    }

    private Hash at(int level) {
        Hash root = roots[level];
        if (root == null) {
            throw new AssertionError("no subtree of level " + level + " in a tree of " + size);
        }
        return root;
    }
}
