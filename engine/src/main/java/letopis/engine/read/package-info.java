/** Reads and subscriptions over a journal and its index. Start with {@link letopis.engine.read.Events}. */
@NullMarked
package letopis.engine.read;

import org.jspecify.annotations.NullMarked;
