/** The front door. Start with {@link letopis.Letopis}. */
@NullMarked
package letopis;

import org.jspecify.annotations.NullMarked;
