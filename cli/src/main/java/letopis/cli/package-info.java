/** The command line. Start with {@link letopis.cli.Main}. */
@NullMarked
package letopis.cli;

import org.jspecify.annotations.NullMarked;
