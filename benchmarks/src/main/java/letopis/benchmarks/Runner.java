package letopis.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.report.Json;
import letopis.benchmarks.report.Measured;

/** Runs tasks one after the other, each in a fresh JVM, and keeps what they say. */
final class Runner {
    private static final long MAX_MINUTES = 120;

    private final Path data;
    private final Path results;
    private final List<String> jvmArguments;
    private final PrintStream out;
    private final List<Measured> measured = new ArrayList<>();

    Runner(Path data, Path results, List<String> jvmArguments, PrintStream out) {
        this.data = data;
        this.results = results;
        this.jvmArguments = jvmArguments;
        this.out = out;
    }

    /** What a run before wrote down. */
    static List<Measured> measured(Path results) throws IOException {
        String begin = "{\"measured\":";
        return Files.readAllLines(results)
                .stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> Json.read(line.substring(begin.length(), line.length() - 1), Measured.class))
                .toList();
    }

    /** Everything that was measured. */
    List<Measured> run(Plan plan, int rounds) throws IOException, InterruptedException {
        say("machine", Machine.now("begin", data, jvmArguments));
        for (Task task : plan.fillings()) {
            if (!Files.exists(task.path())) {
                Files.createDirectories(task.path());
                run(task);
            }
        }
        for (int round = 1; round <= rounds; round++) {
            out.println("round " + round + " of " + rounds + ", load " + Machine.loadAverage());
            for (Task task : plan.tasks(round)) {
                if (task.variant().equals(Plan.FRESH)) {
                    Machine.delete(task.path());
                    Files.createDirectories(task.path());
                } else if (task.variant().startsWith(Plan.ON) && task.kind() == Kind.LETOPIS) {
                    Machine.delete(task.path());
                    FilledStores.copy(plan.filled().directory(Kind.LETOPIS, task.layout(), task.events()), task.path());
                }
                run(task);
            }
        }
        Machine.delete(data.resolve("fresh"));
        say("machine", Machine.now("end", data, jvmArguments));
        return List.copyOf(measured);
    }

    private void run(Task task) throws IOException, InterruptedException {
        Path question = data.resolve("task.json");
        Path answer = data.resolve("answer.jsonl");
        Path log = data.resolve("child.log");
        Files.writeString(question, Json.line(task));
        Files.deleteIfExists(answer);
        Machine.settle();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvmArguments);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Child.class.getName(), question.toString(), answer.toString()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Thread end = new Thread(child::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            if (!child.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(task.title() + " took longer than " + MAX_MINUTES + " minutes");
            }
            if (child.exitValue() != 0 || !Files.exists(answer)) {
                throw new IOException(task.title() + " ended with exit code " + child.exitValue() + ":\n"
                        + Files.readString(log));
            }
        } finally {
            child.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        for (String line : Files.readAllLines(answer)) {
            Measured one = Json.read(line, Measured.class);
            measured.add(one);
            say("measured", one);
            out.printf(Locale.ROOT,
                    "  %-5s %-12s %-36s %,14.0f events/s  p50 %,10.1f us  p99 %,10.1f us  load %.1f %s%n",
                    one.workload(), task.kind().title(), one.variant(), one.eventsPerSecond(),
                    one.latency().p50Micros(),
                    one.latency().p99Micros(), one.loadAtBegin(), one.more().isEmpty() ? "" : one.more());
        }
    }

    private void say(String what, Object value) throws IOException {
        Files.writeString(results.resolve("results.jsonl"), "{\"" + what + "\":" + Json.line(value) + "}\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
