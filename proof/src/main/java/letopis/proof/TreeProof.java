package letopis.proof;

import java.util.List;

/**
 * Checks paths of the tree as RFC 9162 describes it: section 2.1.3.2 for inclusion, 2.1.4.2 for consistency. Both compute the
 * roots that the path leads to, and the caller compares.
 */
final class TreeProof {
    private TreeProof() {}

    /**
     * The root that a path leads to from a leaf.
     *
     * @throws InvalidProofException if the path is not as long as it must be
     */
    static Hash inclusionRoot(Hash leafHash, long leaf, long size, List<Hash> path) {
        if (leaf < 0 || leaf >= size) {
            throw new InvalidProofException("there is no leaf " + leaf + " in a tree of " + size);
        }
        TreeHasher hasher = new TreeHasher();
        long node = leaf;
        long last = size - 1;
        Hash root = leafHash;
        for (Hash sibling : path) {
            if (last == 0) {
                throw new InvalidProofException(
                        "the path is longer than from leaf " + leaf + " to a root over " + size);
            }
            if ((node & 1) == 1 || node == last) {
                root = hasher.node(sibling, root);
                while (node != 0 && (node & 1) == 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                root = hasher.node(root, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            throw new InvalidProofException("the path is shorter than from leaf " + leaf + " to a root over " + size);
        }
        return root;
    }

    /** The two roots that a path of consistency leads to. */
    record Roots(Hash old, Hash current) {}

    /**
     * The roots that a path leads to, where the old one is needed to begin with if the old tree is a complete subtree.
     *
     * @throws InvalidProofException if the path is not as long as it must be
     */
    static Roots consistencyRoots(long oldSize, Hash oldRoot, long size, List<Hash> path) {
        if (oldSize < 1 || oldSize > size) {
            throw new InvalidProofException("a tree of " + oldSize + " is no beginning of one of " + size);
        }
        if (oldSize == size) {
            if (!path.isEmpty()) {
                throw new InvalidProofException("the path between trees of the same size is not empty");
            }
            return new Roots(oldRoot, oldRoot);
        }
        boolean complete = Long.bitCount(oldSize) == 1;
        if (!complete && path.isEmpty()) {
            throw new InvalidProofException("the path from " + oldSize + " to " + size + " is empty");
        }
        TreeHasher hasher = new TreeHasher();
        long node = oldSize - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>>= 1;
            last >>>= 1;
        }
        Hash old = complete ? oldRoot : path.getFirst();
        Hash current = old;
        for (Hash sibling : complete ? path : path.subList(1, path.size())) {
            if (last == 0) {
                throw new InvalidProofException("the path is longer than from " + oldSize + " to " + size);
            }
            if ((node & 1) == 1 || node == last) {
                old = hasher.node(sibling, old);
                current = hasher.node(sibling, current);
                while (node != 0 && (node & 1) == 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                current = hasher.node(current, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            throw new InvalidProofException("the path is shorter than from " + oldSize + " to " + size);
        }
        return new Roots(old, current);
    }
}
