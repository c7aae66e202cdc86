package letopis.cli.command;

import java.time.InstantSource;

import letopis.cli.terminal.Interruption;
import letopis.cli.terminal.Terminal;

/**
 * What a command runs in.
 *
 * @param commandName  how the user calls it: {@code ./letopis} for example
 * @param terminal     where it writes
 * @param interruption whether it has been asked to end
 * @param clock        the time
 */
public record Session(String commandName, Terminal terminal, Interruption interruption, InstantSource clock) {}
