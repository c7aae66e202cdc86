/** Given, when, then. Start with {@link letopis.testkit.DeciderSpec}. */
@NullMarked
package letopis.testkit;

import org.jspecify.annotations.NullMarked;
