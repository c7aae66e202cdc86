/** What a command reads from and writes to: data, messages, tables, progress. Start with {@link letopis.cli.terminal.Terminal}. */
@NullMarked
package letopis.cli.terminal;

import org.jspecify.annotations.NullMarked;
