package letopis.benchmarks.workload;

import java.util.Map;

import letopis.benchmarks.report.Latency;

/**
 * What came out of one measurement.
 *
 * @param part       which part of the workload: the size of the streams for example; empty where there is one
 * @param operations how many operations counted
 * @param events     how many events they had
 * @param nanos      in which time
 * @param latency    of one operation
 * @param more       further figures, by name
 */
public record Counted(String part, long operations, long events, long nanos, Latency latency,
        Map<String, Double> more) {
    static Counted of(long operations, long events, long nanos, Latency latency) {
        return new Counted("", operations, events, nanos, latency, Map.of());
    }

    Counted part(String name) {
        return new Counted(name, operations, events, nanos, latency, more);
    }

    Counted with(String name, double figure) {
        java.util.HashMap<String, Double> all = new java.util.HashMap<>(more);
        all.put(name, figure);
        return new Counted(part, operations, events, nanos, latency, all);
    }
}
