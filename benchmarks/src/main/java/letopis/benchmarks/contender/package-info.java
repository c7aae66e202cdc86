/** The stores that are measured, behind one interface. Start with {@link letopis.benchmarks.contender.Contender}. */
@NullMarked
package letopis.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
