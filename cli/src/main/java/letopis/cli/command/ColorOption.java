package letopis.cli.command;

import letopis.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option for colours; what it says is looked up before the command line is parsed, so that errors have the right colours. */
@Command
final class ColorOption {
    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", description = "Colours: auto, always or never; NO_COLOR counts.", order = 99)
    Terminal.Color color = Terminal.Color.AUTO;
}
