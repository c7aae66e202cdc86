package letopis.cli.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.OpenedStore;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows events as they come. */
@Command(name = "tail", description = "Show the newest events and then each new one, also while another process writes.", footer = """

        Without a choice of events it shows all. Ctrl-C ends it.

        Examples:
          letopis tail
          letopis tail --category order --type OrderShipped
          letopis tail --after 1200 --json | jq -c .data""")
final class TailCommand implements Callable<Integer> {
    /** How soon Ctrl-C is heard. */
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final Session session;

    @Mixin
    private Selection selection = new Selection();

    @Option(names = "--last", paramLabel = "N", defaultValue = "10", description = "Begin with the last N events; ${DEFAULT-VALUE} if it is not given.", order = 10)
    private long last = 10;

    @Option(names = "--after", paramLabel = "POSITION", description = "Begin with the first event beyond this position instead.", order = 11)
    private @Nullable Long after;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "End after so many events.", order = 12)
    private long limit = Read.NO_LIMIT;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TailCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (last < 0 || limit < 1 || (after != null && after < 0)) {
            throw new Failure(ExitCode.USAGE, "--last and --after are 0 or more, and --limit is 1 or more", "");
        }
        Query query = selection.isEmpty() ? Query.all() : selection.query();
        boolean json = output.json(session.terminal());
        try (OpenedStore opened = data.openReadOnly(session.terminal());
                Subscription subscription = opened.store()
                        .subscribe(query, after != null ? after : beforeLast(opened.store(), query));
                EventRows rows = new EventRows(session.terminal(), json)) {
            long left = limit;
            while (left > 0 && !session.interruption().isRequested()) {
                Optional<Signal> signal = subscription.poll(Duration.ZERO);
                if (signal.isEmpty()) {
                    rows.flush();
                    signal = subscription.poll(LOOK_UP);
                }
                if (signal.orElse(null) instanceof Signal.Delivered(RecordedEvent event)) {
                    rows.show(event);
                    left--;
                }
            }
        }
        return session.interruption().isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    /** The position before the last events that match, so that the subscription begins with them. */
    private long beforeLast(EventStore store, Query query) {
        long head = store.head();
        if (last == 0) {
            return head;
        }
        try (Reading reading = store.read(Read.of(query).backwards().limit(last))) {
            long position = reading.head() + 1;
            while (reading.hasNext()) {
                position = reading.next().position();
            }
            return position - 1;
        }
    }
}
