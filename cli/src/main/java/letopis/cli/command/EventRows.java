package letopis.cli.command;

import java.util.stream.Collectors;

import letopis.cli.line.LineWriter;
import letopis.cli.terminal.Table;
import letopis.cli.terminal.Table.Column;
import letopis.cli.terminal.Terminal;
import letopis.store.RecordedEvent;

/** Shows events: as a table, or as JSON lines. */
final class EventRows implements AutoCloseable {
    /** More of an event's data than a line of a wide terminal holds. */
    private static final int MOST_CHARACTERS = 2_000;

    private final Terminal terminal;
    private final boolean json;
    private final Table table;

    EventRows(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
        this.table = new Table(terminal, Column.number("POSITION"), Column.text("STREAM"), Column.number("REVISION"),
                Column.text("TIME"),
                Column.text("TYPE"), Column.text("DATA"));
    }

    void show(RecordedEvent event) {
        if (json) {
            LineWriter.shown(event).to(terminal.out());
        } else {
            table.row(event.position(), event.stream(), event.revision(), event.time(), event.type(), summary(event));
        }
    }

    private static String summary(RecordedEvent event) {
        String tags = event.tags().stream().map(tag -> " #" + tag).collect(Collectors.joining());
        String data = event.data().length() <= MOST_CHARACTERS ? event.data().toUtf8() : event.data().toString();
        return event.metadata().isEmpty() ? data + tags : data + tags + " " + event.metadata();
    }

    /** Makes what was shown visible now. */
    void flush() {
        if (json) {
            terminal.out().flush();
        } else {
            table.show();
        }
    }

    @Override
    public void close() {
        flush();
    }
}
