package letopis.engine.seal;

import java.nio.ByteBuffer;
import java.util.Optional;

import letopis.journal.RecordKind;
import letopis.proof.Hash;
import letopis.proof.TreeHasher;

/** The leaf of an event: the hash of its payload as it was written. What erases the payload leaves the hash in its place. */
public final class EventLeaf {
    private EventLeaf() {}

    /**
     * What is to be kept of an event when its payload is erased, so that proofs outlive it: 32 bytes.
     *
     * @return nothing for a payload that is shorter than that: it has no data, and stays
     */
    public static Optional<byte[]> kept(ByteBuffer payload) {
        return payload.remaining() < Hash.BYTES
                ? Optional.empty()
                : Optional.of(of(new TreeHasher(), RecordKind.EVENT, payload).toArray());
    }

    /** The leaf of an event, or of what is left of one; zeros where it was erased without leaving a hash. */
    static Hash of(TreeHasher hasher, RecordKind kind, ByteBuffer payload) {
        if (kind != RecordKind.ERASED) {
            return hasher.leaf(payload.duplicate());
        }
        byte[] kept = new byte[Hash.BYTES];
        payload.duplicate().get(kept, 0, Math.min(kept.length, payload.remaining()));
        return Hash.of(kept, 0);
    }
}
