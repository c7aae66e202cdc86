package letopis.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a tree, at any size that it has had: RFC 6962 section 2.1, in terms of the complete subtrees that the
 * recursion there ends at. For one thread at a time.
 */
public final class HashTree {
    private final TreeHasher hasher;
    private final Subtrees subtrees;

    public HashTree(TreeHasher hasher, Subtrees subtrees) {
        this.hasher = hasher;
        this.subtrees = subtrees;
    }

    /** The root of the tree of the first so many leaves. */
    public Hash root(long size) {
        return size == 0 ? hasher.empty() : root(0, size);
    }

    /**
     * The path from a leaf to the root.
     *
     * @param leaf the number of the leaf, from 0
     * @param size of how many leaves the tree is
     */
    public List<Hash> inclusion(long leaf, long size) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("no leaf " + leaf + " in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + largestBelow(to - from);
            if (leaf < middle) {
                path.addFirst(root(middle, to));
                to = middle;
            } else {
                path.addFirst(root(from, middle));
                from = middle;
            }
        }
        return path;
    }

    /** The path that shows a tree to be the beginning of a larger one. */
    public List<Hash> consistency(long oldSize, long size) {
        if (oldSize < 1 || oldSize > size) {
            throw new IllegalArgumentException("no tree of " + oldSize + " in one of " + size);
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to > oldSize) {
            long middle = from + largestBelow(to - from);
            if (oldSize <= middle) {
                path.addFirst(root(middle, to));
                to = middle;
            } else {
                path.addFirst(root(from, middle));
                from = middle;
            }
        }
        if (from > 0) {
            path.addFirst(root(from, to));
        }
        return path;
    }

    /** The root over the leaves of a part of the tree that the recursion comes by. */
    private Hash root(long from, long to) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return subtrees.root(level, from >>> level);
        }
        long middle = from + largestBelow(leaves);
        return hasher.node(root(from, middle), root(middle, to));
    }

    /** The largest power of two that is smaller than a number, which is at least 2. */
    private static long largestBelow(long number) {
        return Long.highestOneBit(number - 1);
    }
}
