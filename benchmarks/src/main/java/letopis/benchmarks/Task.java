package letopis.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.workload.Timing;
import letopis.benchmarks.workload.Workload;

/**
 * What a fresh JVM does: one workload on one contender, or filling a store.
 *
 * @param workload       nothing to fill the store
 * @param directory      where the store is, or is to be
 * @param variant        what the work is done on, in words
 * @param events         how many events the store is filled with
 * @param layout         and how
 */
record Task(Optional<Workload> workload, Kind kind, String directory, String variant, int round, long events,
        Filling.Layout layout, long warmMillis, long measuredMillis) {
    Path path() {
        return Path.of(directory);
    }

    Filling filling() {
        return new Filling(events, layout);
    }

    Timing timing() {
        return new Timing(Duration.ofMillis(warmMillis), Duration.ofMillis(measuredMillis));
    }

    /** What it is, for people. */
    String title() {
        return workload.map(Enum::name).orElse("fill") + " " + kind.title() + ", " + variant;
    }
}
