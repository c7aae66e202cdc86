package letopis.cli.command;

import letopis.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How data is written. */
@Command
final class OutputOptions {
    @ArgGroup
    private Form form = new Form();

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    /** One of the two. */
    static final class Form {
        @Option(names = "--json", description = "JSON lines, also on a terminal.", order = 97)
        boolean json;

        @Option(names = "--table", description = "A table, also where the output is piped.", order = 98)
        boolean table;
    }

    /** Whether to write JSON lines. */
    boolean json(Terminal terminal) {
        return form.json || (!form.table && !terminal.outIsTerminal());
    }

    /** Whether JSON was asked for by name. */
    boolean jsonWanted() {
        return form.json;
    }
}
