package letopis.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreFacts;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Table;
import letopis.cli.terminal.Table.Column;
import letopis.cli.terminal.Terminal;
import letopis.store.EventStore;
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
        try (OpenedStore opened = data.openReadOnly(session.terminal())) {
            StoreFacts facts = opened.facts();
            Optional<RecordedEvent> first = one(opened.store(), Read.all());
            Optional<RecordedEvent> last = one(opened.store(), Read.all().backwards());
            if (output.json(terminal)) {
                json(facts, first, last).to(terminal.out());
            } else {
                table(terminal, facts, first, last);
            }
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private static Optional<RecordedEvent> one(EventStore store, Read read) {
        try (Reading reading = store.read(read.limit(1))) {
            return reading.first();
        }
    }

    private static JsonLine json(StoreFacts facts, Optional<RecordedEvent> first, Optional<RecordedEvent> last) {
        JsonLine line = new JsonLine();
        for (StoreFacts.Fact fact : facts.facts()) {
            switch (fact.value()) {
                case StoreFacts.Text(String text) -> line.member(fact.member(), text);
                case StoreFacts.Figure(long number) -> line.member(fact.member(), number);
            }
        }
        first.ifPresent(event -> line.member("firstTime", event.time().toString()));
        last.ifPresent(event -> line.member("lastTime", event.time().toString()));
        return line;
    }

    private static void table(Terminal terminal, StoreFacts facts, Optional<RecordedEvent> first,
            Optional<RecordedEvent> last) {
        try (Table table = new Table(terminal, Column.text("WHAT"), Column.text("VALUE"))) {
            facts.facts().forEach(fact -> table.row(fact.words(), fact.shown()));
            table.row("first event", first.map(event -> event.time().toString()).orElse("none"));
            table.row("last event", last.map(event -> event.time().toString()).orElse("none"));
        }
    }
}
