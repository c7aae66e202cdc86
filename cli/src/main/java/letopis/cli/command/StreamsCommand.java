package letopis.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.OpenedStore;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Table;
import letopis.cli.terminal.Table.Column;
import letopis.cli.terminal.Terminal;
import letopis.store.Read;
import letopis.store.StreamInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the streams. */
@Command(name = "streams", description = "List the streams, ordered by name.", footer = """

        Examples:
          letopis streams
          letopis streams order-1
          letopis streams --category order --limit 20""")
final class StreamsCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "Only streams whose names begin so.")
    private String prefix = "";

    @Option(names = {"-c",
            "--category"}, paramLabel = "NAME", description = "Only streams of this category.", order = 1)
    private @Nullable String category;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "At most so many.", order = 2)
    private long limit = Read.NO_LIMIT;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    StreamsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (category != null && !prefix.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "a PREFIX and --category do not go together", "leave one of them out");
        }
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is at least 1, not " + limit, "");
        }
        Terminal terminal = session.terminal();
        boolean json = output.json(terminal);
        try (OpenedStore opened = data.openReadOnly(session.terminal());
                Table table = new Table(terminal, Column.text("STREAM"), Column.number("EVENTS"),
                        Column.number("REVISION"),
                        Column.number("POSITION"), Column.text("LAST EVENT"), Column.text("STATE"))) {
            long shown = 0;
            String after = "";
            List<StreamInfo> page;
            do {
                page = opened.store()
                        .streams(category == null ? prefix : category + "-", after,
                                (int) Math.min(PAGE, limit - shown));
                for (StreamInfo stream : page) {
                    show(stream, json, table);
                    after = stream.stream();
                }
                shown += page.size();
            } while (page.size() == PAGE && shown < limit && !session.interruption().isRequested());
            if (shown == 0) {
                terminal.say("there is no such stream");
            }
        }
        terminal.out().flush();
        return session.interruption().isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private void show(StreamInfo stream, boolean json, Table table) {
        String state = stream.state().name().toLowerCase(Locale.ROOT);
        if (json) {
            new JsonLine().member("stream", stream.stream())
                    .member("state", state)
                    .member("events", stream.count())
                    .member("firstRevision", stream.firstRevision())
                    .member("lastRevision", stream.lastRevision())
                    .member("lastPosition", stream.lastPosition())
                    .member("lastTime", stream.lastTime().toString())
                    .to(session.terminal().out());
        } else {
            table.row(stream.stream(), stream.count(), stream.lastRevision(), stream.lastPosition(), stream.lastTime(),
                    state);
        }
    }
}
