package letopis.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.report.Chart;
import letopis.benchmarks.report.Measured;
import letopis.benchmarks.report.Scoreboard;
import letopis.benchmarks.report.SqlScoreboard;
import letopis.benchmarks.workload.Workload;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the benchmarks. */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true, description = "Measures the engine beside the raw limit of the machine and its peers, each in a fresh JVM, rounds interleaved.")
public final class Main implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "<directory>", defaultValue = "benchmark-data", description = "Where the stores are made, on the disk that is to be measured. Filled stores that are there are used again. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of("benchmark-data");

    @Option(names = "--out", paramLabel = "<directory>", defaultValue = "results", description = "Where results.jsonl, scoreboard.md and chart.svg are written. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("results");

    @Option(names = "--rounds", defaultValue = "3", description = "How often everything is measured. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--suite", defaultValue = "ENGINE", description = "${COMPLETION-CANDIDATES}: the engine beside its peers, or the stores on SQL beside tables written by hand. Default: ${DEFAULT-VALUE}")
    private Suite suite = Suite.ENGINE;

    @Option(names = "--workloads", split = ",", description = "Of ${COMPLETION-CANDIDATES}. Default: those of the suite")
    private Set<Workload> workloads = Set.of();

    @Option(names = "--contenders", split = ",", description = "Of ${COMPLETION-CANDIDATES}. Default: those of the suite")
    private Set<Kind> contenders = Set.of();

    @Option(names = "--sizes", split = ",", defaultValue = "1000000,10000000", paramLabel = "<events>", description = "How many events filled stores have, multiples of 10,000; peers have the first size only. Default: ${DEFAULT-VALUE}")
    private List<Long> sizes = List.of();

    @Option(names = "--warm-millis", defaultValue = "2000", description = "Before each measurement. Default: ${DEFAULT-VALUE}")
    private long warmMillis;

    @Option(names = "--millis", defaultValue = "4000", description = "Of each measurement. Default: ${DEFAULT-VALUE}")
    private long millis;

    @Option(names = "--quick", description = "One round, stores of 100,000 events, a second for each measurement: to see that all works.")
    private boolean quick;

    @Option(names = "--jvm", paramLabel = "<argument>", description = "An argument of each measuring JVM; again for each. Default: ${DEFAULT-VALUE}", defaultValue = "-Xms2g -Xmx2g", split = " ")
    private List<String> jvmArguments = List.of();

    @Option(names = "--keep", description = "Leave the filled stores, for the next run.")
    private boolean keep;

    @Option(names = "--from", paramLabel = "<results.jsonl>", description = "Measure nothing: make the tables and the chart of what was measured before.")
    private Optional<Path> from = Optional.empty();

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintStream screen = System.out;
        Files.createDirectories(out);
        List<Measured> measured = from.isPresent() ? Runner.measured(from.get()) : measure(screen);
        String table = new Scoreboard(measured).markdown() + new SqlScoreboard(measured).markdown();
        Files.writeString(out.resolve("scoreboard.md"), table);
        Files.writeString(out.resolve("chart.svg"), new Chart(measured).svg());
        screen.println();
        screen.println(table);
        return 0;
    }

    private List<Measured> measure(PrintStream screen) throws Exception {
        Files.createDirectories(data);
        Files.deleteIfExists(out.resolve("results.jsonl"));
        Plan plan = new Plan(suite, data.toAbsolutePath(),
                EnumSet.copyOf(workloads.isEmpty() ? suite.workloads() : workloads),
                EnumSet.copyOf(contenders.isEmpty() ? suite.contenders() : contenders),
                quick ? List.of(100_000L) : sizes, quick ? 500 : warmMillis, quick ? 1_000 : millis);
        List<Measured> measured = new Runner(data.toAbsolutePath(), out, jvmArguments, screen).run(plan,
                quick ? 1 : rounds);
        if (!keep) {
            Machine.delete(data);
        }
        return measured;
    }
}
