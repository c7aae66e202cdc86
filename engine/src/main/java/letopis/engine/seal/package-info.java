/**
 * Tamper evidence: hashes what is written, seals it from time to time, and proves from it. Start with
 * {@link letopis.engine.seal.Sealing}, which writes, and {@link letopis.engine.seal.History}, which reads.
 */
@NullMarked
package letopis.engine.seal;

import org.jspecify.annotations.NullMarked;
