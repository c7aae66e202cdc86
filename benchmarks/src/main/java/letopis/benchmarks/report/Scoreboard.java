package letopis.benchmarks.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured as tables for people, each figure beside its aim. */
public final class Scoreboard {
    private static final String LETOPIS = "LETOPIS";
    private static final String RAW = "RAW";
    private static final List<String> PEERS = List.of("SQLITE", "ROCKSDB", "POSTGRES", "AXON");
    private static final ToDoubleFunction<Measured> RATE = Measured::eventsPerSecond;
    @SuppressWarnings("UnnecessaryLambda") // it is handed on by name, many times
    private static final ToDoubleFunction<Measured> P50 = it -> it.latency().p50Micros();

    /** 1.1 times the data, the metadata, and 40 bytes. */
    private static final int MAX_BYTES = 396;

    private record Write(String workload, String title, double aim, String besides) {}

    private static final List<Write> WRITES = List.of(
            new Write("W1", "W1 one writer, one event", 0.85, RAW),
            new Write("W2", "W2 64 writers, one event each", 0.7, RAW),
            new Write("W2D", "W2' 64 virtual threads, query condition", 0.9, "W2"),
            new Write("W3", "W3 64 writers, 10 events", 0.5, RAW),
            new Write("W4", "W4 one writer, 1000 events", 0.5, RAW),
            new Write("W4S", "W4 one writer, `submit`", 0.5, RAW));

    private final Rounds rounds;
    private final StringBuilder text = new StringBuilder();
    private String heading = "";

    public Scoreboard(Collection<Measured> measured) {
        this.rounds = new Rounds(measured);
    }

    /** The tables. */
    public String markdown() {
        writes();
        latencies();
        contention();
        loads();
        reads();
        openings();
        sizes();
        flatness();
        return text.toString();
    }

    private void writes() {
        heading("Durable appends", "events/s: median of the rounds (best); ratios: median of those of each round",
                "work", "Letopis", "raw limit", "Letopis / raw", "aim", "SQLite", "RocksDB", "PostgreSQL", "Axon 4",
                "× best peer");
        for (Write write : WRITES) {
            String question = write.workload + "|fresh";
            if (rounds.of(question, LETOPIS).isEmpty()) {
                continue;
            }
            Optional<Double> ratio = write.besides.equals(RAW)
                    ? rounds.ratio(question, LETOPIS, question, RAW, RATE)
                    : rounds.ratio(question, LETOPIS, write.besides + "|fresh", LETOPIS, RATE);
            row(write.title, medianAndBest(question, LETOPIS), medianAndBest(question, RAW),
                    Figure.beside(ratio, write.aim), "≥ " + write.aim + (write.besides.equals(RAW) ? "" : " of W2"),
                    peer(question, 0), peer(question, 1), peer(question, 2), peer(question, 3),
                    Figure.times(timesBestPeer(question, RATE)));
        }
    }

    private void latencies() {
        heading("Time of a durable append", "µs, p50 / p99 / p99.9, median of the rounds", "work", "Letopis",
                "raw limit",
                "SQLite", "RocksDB", "PostgreSQL", "Axon 4");
        for (Write write : WRITES) {
            String question = write.workload + "|fresh";
            if (!write.workload.equals("W4S") && !rounds.of(question, LETOPIS).isEmpty()) {
                row(write.title, latency(question, LETOPIS), latency(question, RAW), latency(question, PEERS.get(0)),
                        latency(question, PEERS.get(1)), latency(question, PEERS.get(2)),
                        latency(question, PEERS.get(3)));
            }
        }
    }

    private void contention() {
        String question = "W7|fresh";
        if (!rounds.of(question, LETOPIS).isEmpty()) {
            heading("W7 64 writers on one stream, retrying on conflict",
                    "appends/s that succeeded; none lost, none doubled",
                    "Letopis", "SQLite", "RocksDB", "PostgreSQL", "Letopis / RocksDB", "aim");
            row(medianAndBest(question, LETOPIS), peer(question, 0), peer(question, 1), peer(question, 2),
                    Figure.beside(rounds.ratio(question, LETOPIS, question, "ROCKSDB", RATE), 20), "≥ 20");
        }
    }

    private void loads() {
        heading("W5 load a stream, page cache warm", "µs, p50 (p99), median of the rounds", "store", "Letopis", "aim",
                "SQLite", "RocksDB", "PostgreSQL", "Axon 4", "SQLite / Letopis", "aim");
        for (String variant : rounds.variants("W5", LETOPIS)) {
            String question = "W5|" + variant;
            int size = Integer.parseInt(variant.substring(variant.lastIndexOf(' ') + 1));
            double aim = size == 10 ? 8 : size == 100 ? 40 : 300;
            row(variant, Figure.beside(rounds.median(question, LETOPIS, P50), aim, "") + tail(question, LETOPIS),
                    "≤ " + Figure.of(aim), load(question, 0), load(question, 1), load(question, 2), load(question, 3),
                    Figure.beside(rounds.ratio(question, "SQLITE", question, LETOPIS, P50), 2), "≥ 2");
        }
    }

    private void reads() {
        heading("Reading many", "events/s: median of the rounds (best)", "work", "Letopis", "aim", "raw scan",
                "Letopis / raw", "aim", "SQLite", "RocksDB", "PostgreSQL", "Axon 4");
        for (String workload : List.of("W6", "W9")) {
            for (String variant : rounds.variants(workload, LETOPIS)) {
                String question = workload + "|" + variant;
                boolean scan = workload.equals("W6");
                row(workload + " " + variant,
                        scan
                                ? medianAndBest(question, LETOPIS)
                                : Figure.beside(rounds.median(question, LETOPIS, RATE), 300_000),
                        scan ? "" : "≥ 300,000", medianAndBest(question, RAW),
                        scan ? Figure.beside(rounds.ratio(question, LETOPIS, question, RAW, RATE), 0.5) : "",
                        scan ? "≥ 0.5" : "", peer(question, 0), peer(question, 1), peer(question, 2),
                        peer(question, 3));
            }
        }
    }

    private void openings() {
        heading("W8 open a store and load a stream", "ms: in a new process; p50 of further times; median of the rounds",
                "store", "Letopis", "aim", "SQLite", "RocksDB");
        for (String variant : rounds.variants("W8", LETOPIS)) {
            String question = "W8|" + variant;
            row(variant, Figure.beside(first(question, LETOPIS), 100, "") + "; " + again(question, LETOPIS), "< 100",
                    opening(question, 0), opening(question, 1));
        }
    }

    private void sizes() {
        heading("Size on disk",
                "bytes an event of 256 bytes of data and 64 of metadata; the log of Letopis, in brackets with"
                        + " its index and what is allocated ahead; for the others their whole directory",
                "store", "Letopis", "aim", "SQLite", "RocksDB", "PostgreSQL", "Axon 4");
        ToDoubleFunction<Measured> bytes = it -> it.more().getOrDefault("bytesPerEvent", 0.0);
        for (String variant : rounds.variants("SIZE", LETOPIS)) {
            String question = "SIZE|" + variant;
            Optional<Double> whole = rounds.median(question, LETOPIS,
                    it -> it.more().getOrDefault("directoryBytesPerEvent", 0.0));
            boolean tagged = variant.contains("scattered");
            Optional<Double> log = rounds.median(question, LETOPIS, bytes);
            row(variant + (tagged ? ", a tag each" : ""),
                    (tagged ? Figure.of(log) : Figure.beside(log, MAX_BYTES, "")) + " (" + Figure.of(whole) + ")",
                    tagged ? "" : "≤ " + MAX_BYTES, Figure.of(rounds.median(question, PEERS.get(0), bytes)),
                    Figure.of(rounds.median(question, PEERS.get(1), bytes)),
                    Figure.of(rounds.median(question, PEERS.get(2), bytes)),
                    Figure.of(rounds.median(question, PEERS.get(3), bytes)));
        }
    }

    private void flatness() {
        heading("Flatness", "a store with more events against the smallest", "work", "figure", "ratio", "aim");
        for (String workload : List.of("W1", "W2", "W5")) {
            ToDoubleFunction<Measured> figure = workload.equals("W5") ? P50 : RATE;
            String unit = workload.equals("W5") ? " µs" : " events/s";
            for (String variant : rounds.variants(workload, LETOPIS)) {
                String question = workload + "|" + variant;
                if (!variant.contains("scattered")) {
                    continue;
                }
                String smallest = workload + "|" + smallest(workload, variant);
                Optional<Double> ratio = workload.equals("W5")
                        ? rounds.ratio(smallest, LETOPIS, question, LETOPIS, figure)
                        : rounds.ratio(question, LETOPIS, smallest, LETOPIS, figure);
                boolean itself = smallest.equals(question);
                row(workload + " " + variant, Figure.of(rounds.median(question, LETOPIS, figure)) + unit,
                        itself ? "" : Figure.beside(ratio, 0.9), itself ? "" : "≥ 0.9");
            }
        }
    }

    /** The variant that is the same but for the size of the store, and was measured first. */
    private String smallest(String workload, String variant) {
        String kind = variant.replaceAll("\\d+[Mk]", "#");
        return rounds.variants(workload, LETOPIS)
                .stream()
                .filter(it -> it.replaceAll("\\d+[Mk]", "#").equals(kind))
                .min(Comparator.comparingLong(Variant::events))
                .orElse(variant);
    }

    private String opening(String question, int peer) {
        return Figure.of(first(question, PEERS.get(peer))) + "; " + again(question, PEERS.get(peer));
    }

    private Optional<Double> first(String question, String contender) {
        return rounds.median(question, contender, it -> it.more().getOrDefault("firstMillis", 0.0));
    }

    private String again(String question, String contender) {
        return Figure.of(rounds.median(question, contender, it -> P50.applyAsDouble(it) / 1e3));
    }

    private String load(String question, int peer) {
        return Figure.of(rounds.median(question, PEERS.get(peer), P50)) + tail(question, PEERS.get(peer));
    }

    private String tail(String question, String contender) {
        return rounds.median(question, contender, it -> it.latency().p99Micros())
                .map(it -> " (" + Figure.of(it) + ")")
                .orElse("");
    }

    private String latency(String question, String contender) {
        return rounds.of(question, contender).isEmpty()
                ? Figure.NONE
                : String.join(" / ", Figure.of(rounds.median(question, contender, P50)),
                        Figure.of(rounds.median(question, contender, it -> it.latency().p99Micros())),
                        Figure.of(rounds.median(question, contender, it -> it.latency().p999Micros())));
    }

    private String peer(String question, int peer) {
        return medianAndBest(question, PEERS.get(peer));
    }

    private String medianAndBest(String question, String contender) {
        return rounds.median(question, contender, RATE)
                .map(it -> Figure.of(it) + " (" + Figure.of(rounds.largest(question, contender, RATE)) + ")")
                .orElse(Figure.NONE);
    }

    private Optional<Double> timesBestPeer(String question, ToDoubleFunction<Measured> figure) {
        return PEERS.stream()
                .map(peer -> rounds.ratio(question, LETOPIS, question, peer, figure))
                .flatMap(Optional::stream)
                .min(Double::compare);
    }

    /** Begins a table, which comes out once it has a row. */
    private void heading(String title, String units, String... columns) {
        heading = String.format(Locale.ROOT, "%n### %s%n%n%s.%n%n", title, units) + line(columns)
                + "|---".repeat(columns.length) + "|\n";
    }

    private void row(String... cells) {
        text.append(heading).append(line(cells));
        heading = "";
    }

    private static String line(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
