package letopis.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option that shows how a command is used. */
@Command
final class HelpOption {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show how it is used.", order = 100)
    boolean help;
}
