/** The subcommands, one class each, and the options they share. Start with {@link letopis.cli.command.LetopisCommand}. */
@NullMarked
package letopis.cli.command;

import org.jspecify.annotations.NullMarked;
