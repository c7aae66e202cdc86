package letopis.proof;

import java.util.Collection;
import java.util.List;

/**
 * That a history is the beginning of another one: between the two, events were only added behind.
 *
 * @param old  the root of the one
 * @param path how the roots hang together
 * @param root the root of the other, of the same store
 */
public record ConsistencyProof(SealedRoot old, List<Hash> path, SealedRoot root) implements Proof {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    @Override
    public void check(Collection<VerifyingKey> keys) {
        if (!old.store().equals(root.store())) {
            throw new InvalidProofException(
                    "the roots are of two stores, " + old.store() + " and " + root.store());
        }
        TreeProof.Roots roots = TreeProof.consistencyRoots(old.size(), old.root(), root.size(), path);
        if (!roots.old().equals(old.root()) || !roots.current().equals(root.root())) {
            throw new InvalidProofException("the history of " + root.size() + " events does not begin with that of "
                    + old.size() + ": something was changed in between");
        }
        old.check(keys);
        root.check(keys);
    }

    @Override
    public String text() {
        return ProofText.of(this);
    }
}
