/** The engine beside the raw limit of the machine and its peers. Start with {@link letopis.benchmarks.Main}. */
@NullMarked
package letopis.benchmarks;

import org.jspecify.annotations.NullMarked;
