package letopis.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, for people. The widths are found from the first rows, so that a table of any length is written as it
 * comes; the last column gets what is left of the line.
 */
public final class Table implements AutoCloseable {
    private static final int ROWS_TO_MEASURE = 200;
    private static final String GAP = "  ";

    private final Terminal terminal;
    private final List<Column> columns;
    private final List<List<String>> first = new ArrayList<>();
    private int[] widths = {};

    /**
     * @param heading its name
     * @param right   whether its cells stand at the right, as numbers do
     */
    public record Column(String heading, boolean right) {
        public static Column text(String heading) {
            return new Column(heading, false);
        }

        public static Column number(String heading) {
            return new Column(heading, true);
        }
    }

    public Table(Terminal terminal, Column... columns) {
        this.terminal = terminal;
        this.columns = List.of(columns);
    }

    /** Adds a row, with a cell for each column; control characters are made visible. */
    public void row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(Visible.of(String.valueOf(cell)));
        }
        if (widths.length > 0) {
            write(row);
            return;
        }
        first.add(row);
        if (first.size() == ROWS_TO_MEASURE) {
            show();
        }
    }

    /** Writes what was held back to find the widths, so that it can be seen now. */
    public void show() {
        if (widths.length == 0 && !first.isEmpty()) {
            widths = new int[columns.size()];
            for (int i = 0; i < widths.length; i++) {
                widths[i] = columns.get(i).heading.length();
                for (List<String> row : first) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            }
            terminal.out().println(terminal.outStyle().strong(line(columns.stream().map(Column::heading).toList())));
            first.forEach(this::write);
            first.clear();
        }
        terminal.out().flush();
    }

    @Override
    public void close() {
        show();
    }

    private void write(List<String> row) {
        terminal.out().println(line(row));
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            boolean last = i == row.size() - 1;
            if (last) {
                line.append(terminal.outIsTerminal()
                        ? Visible.atMost(cell, Math.max(20, terminal.width() - line.length()))
                        : cell);
            } else {
                String pad = " ".repeat(Math.max(0, widths[i] - cell.length()));
                line.append(columns.get(i).right ? pad + cell : cell + pad).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
