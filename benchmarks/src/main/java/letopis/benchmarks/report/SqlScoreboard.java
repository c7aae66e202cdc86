package letopis.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The stores on SQL as tables for people: a table for each database, each figure beside that of a table written by hand. */
public final class SqlScoreboard {
    private static final String CONDITIONS = "W2D";
    private static final String WITHOUT = "W2|fresh";
    private static final String FEW = ", streams of 10";
    /** Of the figure without conditions. */
    private static final double CONDITIONS_AIM = 0.8;
    /** Of the plain table's figure without conditions: above 12,000 where that makes 14,000. */
    private static final double CONDITIONS_BESIDE_PLAIN = 12.0 / 14;
    private static final double FLAT = 0.8;

    private record Database(String title, String letopis, String plain, List<String> peers) {}

    private record Write(String workload, String title, double aim) {}

    private static final List<Database> DATABASES = List.of(
            new Database("PostgreSQL", "LETOPIS_POSTGRES", "POSTGRES", List.of("AXON")),
            new Database("MySQL", "LETOPIS_MYSQL", "MYSQL", List.of()));
    private static final List<Write> WRITES = List.of(
            new Write("W1", "one writer, one event", 0.95),
            new Write("W2", "64 writers, one event each", 3),
            new Write("W3", "64 writers, 10 events each", 2),
            new Write("W4", "one writer, 1000 events", 1));
    private static final ToDoubleFunction<Measured> RATE = Measured::eventsPerSecond;
    @SuppressWarnings("UnnecessaryLambda") // it is handed on by name, many times
    private static final ToDoubleFunction<Measured> P50 = it -> it.latency().p50Micros();

    private final Rounds rounds;
    private final StringBuilder text = new StringBuilder();

    public SqlScoreboard(Collection<Measured> measured) {
        this.rounds = new Rounds(measured);
    }

    /** The tables; none of a database that was not measured. */
    public String markdown() {
        for (Database database : DATABASES) {
            List<List<String>> rows = rows(database);
            if (!rows.isEmpty()) {
                table(database, rows);
            }
        }
        return text.toString();
    }

    private List<List<String>> rows(Database database) {
        List<List<String>> rows = new ArrayList<>();
        for (Write write : WRITES) {
            String question = write.workload + "|fresh";
            if (isMeasured(question, database)) {
                rows.add(row(database, write.title, question, RATE, " events/s",
                        Figure.beside(besides(question, database, RATE), write.aim), "≥ " + Figure.of(write.aim)));
            }
        }
        processes(database, rows);
        conditions(database, rows);
        loads(database, rows);
        for (String variant : rounds.variants("W6", database.letopis)) {
            String question = "W6|" + variant;
            rows.add(row(database, "read all of " + variant, question, RATE, " events/s",
                    Figure.beside(besides(question, database, RATE), 1), "≥ 1"));
        }
        flatness(database, rows);
        return rows;
    }

    /** What the turns cost, which only one process has at a time. */
    private void processes(Database database, List<List<String>> rows) {
        String question = "W2P|fresh";
        if (isMeasured(question, database)) {
            rows.add(row(database, "64 writers, one event each, in 4 processes", question, RATE, " events/s",
                    Figure.times(rounds.ratio(question, database.letopis, WITHOUT, database.letopis, RATE))
                            + " of one process",
                    Figure.NONE));
        }
    }

    private void conditions(Database database, List<List<String>> rows) {
        String question = CONDITIONS + "|fresh";
        if (isMeasured(question, database)) {
            rows.add(row(database, "64 writers, one event each under a query condition of two tags", question, RATE,
                    " events/s", Figure.beside(rounds.ratio(question, database.letopis, WITHOUT, database.letopis,
                            RATE), CONDITIONS_AIM)
                            + "; "
                            + Figure.beside(rounds.ratio(question, database.letopis, WITHOUT, database.plain, RATE),
                                    CONDITIONS_BESIDE_PLAIN),
                    "≥ " + CONDITIONS_AIM + " of the row without; ≥ " + Figure.of(CONDITIONS_BESIDE_PLAIN)
                            + " of the table's there"));
        }
    }

    private void loads(Database database, List<List<String>> rows) {
        rounds.variants("W5", database.letopis)
                .stream()
                .filter(it -> it.endsWith(FEW))
                .filter(it -> rounds.contenders("W5|" + it) > 1)
                .forEach(variant -> rows.add(row(database, "load 10 events, " + variant.replace(FEW, ""),
                        "W5|" + variant, P50, " µs",
                        Figure.beside(besides("W5|" + variant, database, P50), 1, ""), "≤ 1")));
    }

    /** Each larger store beside the smallest. */
    private void flatness(Database database, List<List<String>> rows) {
        List<String> appends = bySize("W2", database, it -> it.startsWith("on "));
        for (String variant : appends.stream().skip(1).toList()) {
            String question = "W2|" + variant;
            rows.add(row(database, "64 writers, one event each, " + variant, question, RATE, " events/s",
                    Figure.beside(rounds.ratio(question, database.letopis, "W2|" + appends.getFirst(),
                            database.letopis, RATE), FLAT),
                    "≥ " + FLAT + " of that " + appends.getFirst()));
        }
        List<String> loads = bySize("W5", database, it -> it.endsWith(FEW));
        for (String variant : loads.stream().skip(1).toList()) {
            String question = "W5|" + variant;
            rows.add(row(database, "load 10 events, " + variant.replace(FEW, ""), question, P50, " µs",
                    Figure.beside(rounds.ratio("W5|" + loads.getFirst(), database.letopis, question, database.letopis,
                            P50), FLAT),
                    "≥ " + FLAT + " of the time " + loads.getFirst().replace(FEW, "")));
        }
    }

    private List<String> bySize(String workload, Database database, java.util.function.Predicate<String> which) {
        return rounds.variants(workload, database.letopis)
                .stream()
                .filter(which)
                .sorted(Comparator.comparingLong(Variant::events))
                .toList();
    }

    private boolean isMeasured(String question, Database database) {
        return !rounds.of(question, database.letopis).isEmpty();
    }

    private Optional<Double> besides(String question, Database database, ToDoubleFunction<Measured> figure) {
        return rounds.ratio(question, database.letopis, question, database.plain, figure);
    }

    private List<String> row(Database database, String title, String question, ToDoubleFunction<Measured> figure,
            String unit, String ratio, String aim) {
        List<String> cells = new ArrayList<>(List.of(title, median(question, database.letopis, figure, unit),
                median(question, database.plain, figure, unit)));
        database.peers.forEach(peer -> cells.add(median(question, peer, figure, unit)));
        cells.addAll(List.of(ratio, aim));
        return cells;
    }

    private String median(String question, String contender, ToDoubleFunction<Measured> figure, String unit) {
        return rounds.median(question, contender, figure).map(it -> Figure.of(it) + unit).orElse(Figure.NONE);
    }

    private void table(Database database, List<List<String>> rows) {
        List<String> columns = new ArrayList<>(List.of("work", "Letopis", "plain table"));
        database.peers.forEach(_ -> columns.add("Axon 4"));
        columns.addAll(List.of("ratio", "aim"));
        text.append(String.format(Locale.ROOT,
                "%n### Stores on SQL: %s%n%nMedians of the rounds; p50 where it is a time. Ratios are those of Letopis to the plain table"
                        + " in the same round, or to what the aim names, and the median of them.%n%n",
                database.title));
        text.append(line(columns)).append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(row -> text.append(line(row)));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
