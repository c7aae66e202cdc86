package letopis.cli.command;

import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.opening.OpenedStore;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Table;
import letopis.cli.terminal.Table.Column;
import letopis.cli.terminal.Terminal;
import letopis.store.TypeInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the event types. */
@Command(name = "types", description = "List the event types: how many events of each, the first and the last.", footer = """

        Example:
          letopis types""")
final class TypesCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TypesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        boolean json = output.json(terminal);
        try (OpenedStore opened = data.openReadOnly(session.terminal());
                Table table = new Table(terminal, Column.text("TYPE"), Column.number("EVENTS"),
                        Column.text("FIRST SEEN"),
                        Column.text("LAST SEEN"))) {
            for (TypeInfo type : opened.store().types()) {
                if (json) {
                    new JsonLine().member("type", type.type())
                            .member("events", type.count())
                            .member("firstPosition", type.firstPosition())
                            .member("firstTime", type.firstTime().toString())
                            .member("lastPosition", type.lastPosition())
                            .member("lastTime", type.lastTime().toString())
                            .to(terminal.out());
                } else {
                    table.row(type.type(), Figures.count(type.count()), type.firstTime(), type.lastTime());
                }
            }
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
