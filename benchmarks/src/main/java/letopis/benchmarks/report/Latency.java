package letopis.benchmarks.report;

import org.HdrHistogram.Histogram;

/** How long operations took, in microseconds. */
public record Latency(double p50Micros, double p99Micros, double p999Micros, double maxMicros) {
    /** Nothing was timed one by one. */
    public static final Latency NONE = new Latency(0, 0, 0, 0);

    /** The figures of a histogram of nanoseconds. */
    public static Latency of(Histogram nanos) {
        return new Latency(nanos.getValueAtPercentile(50) / 1e3, nanos.getValueAtPercentile(99) / 1e3,
                nanos.getValueAtPercentile(99.9) / 1e3, nanos.getMaxValue() / 1e3);
    }
}
