package letopis.proof;

/** Gives the roots of complete subtrees, of which every proof consists. */
@FunctionalInterface
public interface Subtrees {
    /**
     * The root of the subtree with the leaves from {@code index << level} on, 2<sup>level</sup> of them.
     *
     * @param level from 0, which asks for a leaf, to 62
     * @param index how many subtrees of this size stand to its left
     */
    Hash root(int level, long index);
}
