package letopis.proof;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * That an event was at a position of a store, in the history that a root stands for.
 *
 * @param position the event's position, from 1: its leaf is the one before this number
 * @param event    the payload of its record, byte by byte; nothing if it was erased before the proof was made
 * @param leaf     the hash of its leaf
 * @param path     from the leaf to the root
 * @param root     the root
 */
public record InclusionProof(long position, Optional<Octets> event, Hash leaf, List<Hash> path, SealedRoot root)
        implements
            Proof {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Of an event that is there. */
    public static InclusionProof of(long position, Octets event, List<Hash> path, SealedRoot root) {
        return new InclusionProof(position, Optional.of(event), new TreeHasher().leaf(event.array()), path, root);
    }

    /** Of an event that was erased: whoever kept its payload elsewhere can check it against the leaf. */
    public static InclusionProof ofErased(long position, Hash leaf, List<Hash> path, SealedRoot root) {
        return new InclusionProof(position, Optional.empty(), leaf, path, root);
    }

    @Override
    public void check(Collection<VerifyingKey> keys) {
        if (event.isPresent() && !new TreeHasher().leaf(event.get().array()).equals(leaf)) {
            throw new InvalidProofException("the event is not the one of the leaf");
        }
        if (!TreeProof.inclusionRoot(leaf, position - 1, root.size(), path).equals(root.root())) {
            throw new InvalidProofException("the event is not at position " + position
                    + " of the history that the root stands for");
        }
        root.check(keys);
    }

    @Override
    public String text() {
        return ProofText.of(this);
    }
}
