package letopis.benchmarks.workload;

import java.nio.file.Path;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.contender.Tally;
import letopis.benchmarks.report.Latency;
import org.HdrHistogram.Histogram;

/**
 * Opens a store that was closed in order, and loads one stream, so that nothing can be put off. The first time is that of a new
 * process, in which no code is compiled yet; then it is done again and again.
 */
final class Openings {
    private static final int MOST = 200;

    private Openings() {}

    static Counted run(Kind kind, Path directory, Timing timing) {
        Histogram nanos = new Histogram(3);
        double first = open(kind, directory) / 1e6;
        long end = System.nanoTime() + timing.measured().toNanos();
        long begin = System.nanoTime();
        int openings = 0;
        do {
            nanos.recordValue(open(kind, directory));
            openings++;
        } while (System.nanoTime() < end && openings < MOST);
        return Counted.of(openings, 0, System.nanoTime() - begin, Latency.of(nanos)).with("firstMillis", first);
    }

    private static long open(Kind kind, Path directory) {
        long begin = System.nanoTime();
        try (Contender store = kind.open(directory)) {
            Tally tally = new Tally();
            store.load(Filling.stream(10, 1), tally);
            if (tally.events() != 10) {
                throw new IllegalStateException("the store in " + directory + " is not filled");
            }
            return System.nanoTime() - begin;
        }
    }
}
