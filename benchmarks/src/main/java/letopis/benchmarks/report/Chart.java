package letopis.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured as a picture: a panel for each work, a bar for each contender, on a scale that begins at zero. */
public final class Chart {
    private static final Map<String, String> COLOURS = Map.of("LETOPIS", "#0b6e4f", "RAW", "#9aa0a6", "SQLITE",
            "#3b6fb6", "ROCKSDB", "#c77c11", "LETOPIS_POSTGRES", "#2b9472", "POSTGRES", "#7a4fa3", "AXON", "#b23a48",
            "LETOPIS_MYSQL", "#5fb89a", "MYSQL", "#4a7c8c");
    private static final List<String> ORDER = List.of("LETOPIS", "RAW", "SQLITE", "ROCKSDB", "LETOPIS_POSTGRES",
            "POSTGRES", "AXON", "LETOPIS_MYSQL", "MYSQL");
    private static final Map<String, String> NAMES = Map.of("LETOPIS", "Letopis", "RAW", "raw limit", "SQLITE",
            "SQLite", "ROCKSDB", "RocksDB", "LETOPIS_POSTGRES", "Letopis, Pg", "POSTGRES", "PostgreSQL", "AXON",
            "Axon 4 JDBC", "LETOPIS_MYSQL", "Letopis, MySQL", "MYSQL", "MySQL");
    private static final int WIDTH = 920;
    private static final int PANEL = 440;
    private static final int BAR = 20;
    private static final int LABEL = 96;

    private record Panel(String title, String unit, String question, boolean latency) {}

    private record Bar(String contender, double value) {}

    private final Rounds rounds;
    private final List<Panel> panels = new ArrayList<>();

    public Chart(Collection<Measured> measured) {
        rounds = new Rounds(measured);
        panels.add(new Panel("One writer, one event an append", "events/s", "W1|fresh", false));
        panels.add(new Panel("64 writers, one event an append", "events/s", "W2|fresh", false));
        panels.add(new Panel("64 writers, 10 events an append", "events/s", "W3|fresh", false));
        panels.add(new Panel("One writer, 1000 events an append", "events/s", "W4|fresh", false));
        panels.add(new Panel("64 writers on one stream", "appends/s", "W7|fresh", false));
        rounds.variants("W6")
                .forEach(it -> panels.add(new Panel("Read the whole store, " + it, "events/s", "W6|" + it, false)));
        rounds.variants("W5")
                .stream()
                .filter(it -> rounds.contenders("W5|" + it) > 1)
                .forEach(it -> panels
                        .add(new Panel("Load a stream: " + it, "µs, p50: less is better", "W5|" + it, true)));
    }

    /** The picture as SVG. */
    public String svg() {
        StringBuilder body = new StringBuilder();
        int y = 64;
        int rowHeight = 0;
        int column = 0;
        for (Panel panel : panels) {
            List<Bar> bars = bars(panel);
            if (bars.isEmpty()) {
                continue;
            }
            int height = 46 + bars.size() * (BAR + 4);
            panel(body, panel, bars, 16 + column * (PANEL + 16), y);
            rowHeight = Math.max(rowHeight, height);
            column++;
            if (column == 2) {
                column = 0;
                y += rowHeight + 18;
                rowHeight = 0;
            }
        }
        int height = y + rowHeight + 16;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                font-family="system-ui, sans-serif" font-size="13">
                <title>Letopis beside the raw limit of the machine and its peers</title>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="16" y="28" font-size="18" font-weight="600" fill="#1f2328">Letopis beside the raw limit and its peers</text>
                <text x="16" y="48" fill="#57606a">256 bytes of data and 64 of metadata an event; appends forced to disk; median of the rounds of one run</text>
                %s</svg>
                """
                .formatted(WIDTH, height, WIDTH, height, body);
    }

    private List<Bar> bars(Panel panel) {
        List<Bar> bars = new ArrayList<>();
        for (String contender : ORDER) {
            Optional<Double> value = rounds.median(panel.question, contender,
                    panel.latency ? it -> it.latency().p50Micros() : Measured::eventsPerSecond);
            value.ifPresent(it -> bars.add(new Bar(contender, it)));
        }
        return bars;
    }

    private static void panel(StringBuilder body, Panel panel, List<Bar> bars, int x, int y) {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        int room = PANEL - LABEL - 76;
        body.append(String.format(Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"600\" fill=\"#1f2328\">%s</text>%n", x,
                y + 14, panel.title));
        body.append(
                String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#57606a\">%s</text>%n", x,
                        y + 29, panel.unit));
        int at = y + 38;
        for (Bar bar : bars) {
            double width = Math.max(1, bar.value / most * room);
            body.append(String.format(Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#1f2328\">%s</text>%n", x + LABEL - 8, at + 15,
                    NAMES.get(bar.contender)));
            body.append(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n", x + LABEL, at,
                    width,
                    BAR, COLOURS.get(bar.contender)));
            body.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" fill=\"#1f2328\">%s</text>%n",
                    x + LABEL + width + 6, at + 15, Figure.of(bar.value)));
            at += BAR + 4;
        }
    }
}
