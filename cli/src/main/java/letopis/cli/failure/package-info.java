/** What goes wrong, in words and as an exit code. Start with {@link letopis.cli.failure.Failure}. */
@NullMarked
package letopis.cli.failure;

import org.jspecify.annotations.NullMarked;
