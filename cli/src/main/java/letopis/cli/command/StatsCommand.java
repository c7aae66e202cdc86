package letopis.cli.command;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Table;
import letopis.cli.terminal.Table.Column;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.EngineStats;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the figures of a store. */
@Command(name = "stats", description = "Show how large the store is: events, streams, bytes, the time it took to open.", footer = """

        Example:
          letopis stats""")
final class StatsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    StatsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        try (EmbeddedEventStore store = data.openReadOnly()) {
            EngineStats stats = store.stats();
            Optional<RecordedEvent> first = one(store, Read.all());
            Optional<RecordedEvent> last = one(store, Read.all().backwards());
            if (output.json(terminal)) {
                json(stats, first, last).to(terminal.out());
            } else {
                table(terminal, stats, first, last);
            }
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private static Optional<RecordedEvent> one(EmbeddedEventStore store, Read read) {
        try (Reading reading = store.read(read.limit(1))) {
            return reading.first();
        }
    }

    private static double bytesPerEvent(EngineStats stats) {
        return stats.events() == 0 ? 0 : (double) stats.bytesUsed() / stats.events();
    }

    private static JsonLine json(EngineStats stats, Optional<RecordedEvent> first, Optional<RecordedEvent> last) {
        JsonLine line = new JsonLine().member("directory", stats.directory().toString())
                .member("events", stats.events())
                .member("streams", stats.streams())
                .member("head", stats.head())
                .member("segments", stats.segments())
                .member("bytesUsed", stats.bytesUsed())
                .member("bytesAllocated", stats.bytesAllocated())
                .member("bytesPerEvent", Math.round(bytesPerEvent(stats)))
                .member("openedInMillis", stats.openedIn().toMillis())
                .member("durability", stats.durability());
        first.ifPresent(event -> line.member("firstTime", event.time().toString()));
        last.ifPresent(event -> line.member("lastTime", event.time().toString()));
        return line;
    }

    private static void table(Terminal terminal, EngineStats stats, Optional<RecordedEvent> first,
            Optional<RecordedEvent> last) {
        try (Table table = new Table(terminal, Column.text("WHAT"), Column.text("VALUE"))) {
            table.row("directory", stats.directory());
            table.row("events", Figures.count(stats.events()));
            table.row("streams", Figures.count(stats.streams()));
            table.row("head", "position " + Figures.count(stats.head()));
            table.row("first event", first.map(event -> event.time().toString()).orElse("none"));
            table.row("last event", last.map(event -> event.time().toString()).orElse("none"));
            table.row("segment files", Figures.count(stats.segments()));
            table.row("used", Figures.bytes(stats.bytesUsed()));
            table.row("on disk", Figures.bytes(stats.bytesAllocated()));
            table.row("bytes per event", String.format(Locale.ROOT, "%.1f", bytesPerEvent(stats)));
            table.row("opened in", Figures.time(stats.openedIn()));
            table.row("durability", stats.durability());
        }
    }
}
