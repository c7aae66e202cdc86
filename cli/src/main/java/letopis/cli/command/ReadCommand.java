package letopis.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.OpenedStore;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows events that are there. */
@Command(name = "read", description = "Show the events of a stream, a category, of types or tags, or all.", footer = """

        Examples:
          letopis read order-1
          letopis read order-1 --as-of rev:2
          letopis read --category order --type OrderShipped --backwards --limit 10
          letopis read --all --from 2026-01-31 --as-of 2026-02-28T12:00:00Z --json \\
            | jq .data""")
final class ReadCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private Selection selection = new Selection();

    @Option(names = {"-b", "--backwards"}, description = "The newest first.", order = 10)
    private boolean backwards;

    @Option(names = "--from", paramLabel = "POINT", converter = PointConverter.class, description = "Begin there, the event there included: "
            + PointConverter.FORMS + ".", order = 11)
    private @Nullable Point from;

    @Option(names = "--as-of", paramLabel = "POINT", converter = PointConverter.class, description = "As it was then: only events up to that point, the event there included.", order = 12)
    private @Nullable Point asOf;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "At most so many events.", order = 13)
    private long limit = Read.NO_LIMIT;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ReadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Read read = read(selection.query());
        try (OpenedStore opened = data.openReadOnly(session.terminal())) {
            EventStore store = opened.store();
            selection.mustExist(store);
            long shown = 0;
            try (Reading reading = store.read(read);
                    EventRows rows = new EventRows(session.terminal(), output.json(session.terminal()))) {
                while (reading.hasNext() && !session.interruption().isRequested()) {
                    rows.show(reading.next());
                    shown++;
                }
                if (shown == 0) {
                    session.terminal().say("no event matches (the store's head is at position " + reading.head() + ")");
                }
            }
        }
        return session.interruption().isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    /** {@code --from} is where the reading begins, and {@code --as-of} cuts off what is newer: in both directions. */
    private Read read(Query query) {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is at least 1, not " + limit, "");
        }
        if (backwards && from != null && asOf != null) {
            throw new Failure(ExitCode.USAGE, "--from and --as-of both say where a reading backwards begins",
                    "leave one of them out");
        }
        try {
            return backwards
                    ? new Read(query, Read.Direction.BACKWARDS,
                            Optional.ofNullable(from).or(() -> Optional.ofNullable(asOf)),
                            Optional.empty(), limit)
                    : new Read(query, Read.Direction.FORWARDS, Optional.ofNullable(from), Optional.ofNullable(asOf),
                            limit);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), "", e);
        }
    }
}
