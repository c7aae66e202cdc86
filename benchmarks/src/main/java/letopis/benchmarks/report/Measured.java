package letopis.benchmarks.report;

import java.util.Map;

/**
 * One figure of one round.
 *
 * @param workload     {@link letopis.benchmarks.workload.Workload}
 * @param contender    {@link letopis.benchmarks.contender.Kind}
 * @param variant      what the same work was done on: {@code fresh}, {@code 1000000 scattered, streams of 10} …
 * @param round        from 1 on
 * @param operations   how many appends, loads, openings … were done in the time that was measured
 * @param events       how many events they had together
 * @param nanos        the time that was measured
 * @param latency      how long one operation took
 * @param loadAtBegin  the load average of the last minute, when it began
 * @param more         further figures, by name
 */
public record Measured(String workload, String contender, String variant, int round, long operations, long events,
        long nanos, Latency latency, double loadAtBegin, Map<String, Double> more) {
    public Measured {
        more = Map.copyOf(more);
    }

    /** How many events a second. */
    public double eventsPerSecond() {
        return nanos == 0 ? 0 : events * 1e9 / nanos;
    }

    /** The key of what can be compared with other contenders and put together over rounds. */
    public String question() {
        return workload + "|" + variant;
    }
}
