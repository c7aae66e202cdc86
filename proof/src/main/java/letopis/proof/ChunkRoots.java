package letopis.proof;

import java.util.Arrays;

/**
 * The roots of the complete chunks of a tree, 64 leaves each: 32 bytes for each chunk, from the first one on. With them at hand
 * a proof needs the leaves of two chunks at most. For one thread at a time.
 */
public final class ChunkRoots implements Frontier.Completed {
    /** A chunk has 2<sup>6</sup> leaves. */
    public static final int LEVEL = 6;

    private byte[] hashes = new byte[64 * Hash.BYTES];
    private int count;

    /** No chunks yet. */
    public ChunkRoots() {}

    /** How many chunks there are. */
    public int count() {
        return count;
    }

    /** How many leaves they have together. */
    public long leaves() {
        return (long) count << LEVEL;
    }

    /** Adds the next chunk. */
    public void add(Hash root) {
        int end = (count + 1) * Hash.BYTES;
        if (end > hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(end, hashes.length + (hashes.length >> 1)));
        }
        root.putInto(hashes, count * Hash.BYTES);
        count++;
    }

    /** The root of a chunk. */
    public Hash get(int chunk) {
        return Hash.of(hashes, Math.multiplyExact(chunk, Hash.BYTES));
    }

    /** Takes the chunk that comes next, and nothing else. */
    @Override
    public void subtree(int level, long index, Hash root) {
        if (level == LEVEL && index == count) {
            add(root);
        }
    }

    /** Subtrees made of these chunks, and of leaves that are asked for where there is no chunk. */
    public Subtrees over(TreeHasher hasher, Subtrees leaves) {
        return new Subtrees() {
            @Override
            public Hash root(int level, long index) {
                if (level == LEVEL && index < count) {
                    return get((int) index);
                }
                return level == 0
                        ? leaves.root(0, index)
                        : hasher.node(root(level - 1, 2 * index), root(level - 1, 2 * index + 1));
            }
        };
    }
}
