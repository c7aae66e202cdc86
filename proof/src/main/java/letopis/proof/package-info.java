/**
 * Proofs that a store's history is what it was: a hash tree over its events as RFC 6962 has it, signed roots of it, and proofs
 * that a stranger checks with a public key and without the store. Start with {@link letopis.proof.Proof}.
 */
@NullMarked
package letopis.proof;

import org.jspecify.annotations.NullMarked;
