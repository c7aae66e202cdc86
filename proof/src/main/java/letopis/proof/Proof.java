package letopis.proof;

import java.util.Collection;

/**
 * Something about a store's history that can be checked without the store: with the proof's own text, which is JSON, and the
 * public key alone. {@code docs/tamper-evidence.md} says how, for those who write a verifier of their own.
 */
public sealed interface Proof permits InclusionProof, ConsistencyProof {
    /** The newest root in it: what it proves, it proves of the history that this root stands for. */
    SealedRoot root();

    /**
     * Checks all of it.
     *
     * @param keys the public keys that are trusted, gained elsewhere
     * @throws InvalidProofException if it proves nothing
     */
    void check(Collection<VerifyingKey> keys);

    /** The proof as text, as {@link #parse} reads it. */
    String text();

    /**
     * The proof that a text is. Nothing of it is checked but its form.
     *
     * @throws InvalidProofException if it is none
     */
    static Proof parse(String text) {
        return ProofText.parse(text);
    }
}
