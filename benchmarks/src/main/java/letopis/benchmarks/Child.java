package letopis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.contender.LetopisContender;
import letopis.benchmarks.report.Json;
import letopis.benchmarks.report.Latency;
import letopis.benchmarks.report.Measured;
import letopis.benchmarks.workload.Counted;
import letopis.benchmarks.workload.Workload;

/** The program of a fresh JVM: {@code Child task.json answer.jsonl}. */
final class Child {
    /** The workload of {@link Measured} that says how large a filled store is. */
    static final String FILL = "SIZE";

    private Child() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Json.read(Path.of(arguments[0]), Task.class);
        List<String> lines = run(task).stream().map(Json::line).toList();
        Files.write(Path.of(arguments[1]), lines);
        System.exit(0); // whatever threads a peer has left
    }

    static List<Measured> run(Task task) throws Exception {
        double load = Machine.loadAverage();
        if (task.workload().isEmpty()) {
            return List.of(fill(task, load));
        }
        Workload workload = task.workload().get();
        List<Measured> all = new ArrayList<>();
        for (Counted one : workload.run(task.kind(), task.path(), task.filling(), task.timing())) {
            String variant = one.part().isEmpty() ? task.variant() : task.variant() + ", " + one.part();
            all.add(new Measured(workload.name(), task.kind().name(), variant, task.round(), one.operations(),
                    one.events(), one.nanos(), one.latency(), load, one.more()));
        }
        return all;
    }

    private static Measured fill(Task task, double load) throws Exception {
        long begin = System.nanoTime();
        double used = 0;
        try (Contender store = task.kind().open(task.path())) {
            store.fill(task.filling());
            if (store instanceof LetopisContender it) {
                used = it.logBytes();
            }
        }
        long nanos = System.nanoTime() - begin;
        double bytes = bytesIn(task.path());
        return new Measured(FILL, task.kind().name(), task.variant(), task.round(), 1, task.events(), nanos,
                Latency.NONE, load,
                Map.of("bytesPerEvent", (task.kind() == Kind.LETOPIS ? used : bytes) / task.events(),
                        "directoryBytesPerEvent", bytes / task.events()));
    }

    private static long bytesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
