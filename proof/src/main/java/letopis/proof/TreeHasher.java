package letopis.proof;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The two hashes that the tree of RFC 6962 section 2.1 (and of RFC 9162, which keeps it) is made of:
 *
 * <pre>
 *    leaf = SHA-256(0x00 || entry)        node = SHA-256(0x01 || left || right)
 * </pre>
 *
 * The first byte keeps leaves and nodes apart: nobody can show a node as an entry. For one thread at a time.
 */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;

    /** Holds a digest of its own. */
    public TreeHasher() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The root of a tree without leaves. */
    public Hash empty() {
        digest.reset();
        return Hash.wrap(digest.digest());
    }

    /** The hash of a leaf. */
    public Hash leaf(byte[] entry, int offset, int length) {
        digest.update(LEAF);
        digest.update(entry, offset, length);
        return Hash.wrap(digest.digest());
    }

    /** The hash of a leaf. */
    public Hash leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    /** The hash of a leaf, whose entry is what is left of a buffer. */
    public Hash leaf(ByteBuffer entry) {
        digest.update(LEAF);
        digest.update(entry);
        return Hash.wrap(digest.digest());
    }

    /** The hash of two subtrees. */
    public Hash node(Hash left, Hash right) {
        digest.update(NODE);
        digest.update(left.array());
        digest.update(right.array());
        return Hash.wrap(digest.digest());
    }
}
