package letopis.benchmarks.workload;

import java.time.Duration;

/** How long to work before anything counts, so that the code is compiled and the buffers are there, and how long to measure. */
public record Timing(Duration warm, Duration measured) {
    /** A period that begins now. */
    Period begin() {
        return new Period(System.nanoTime() + warm.toNanos(), measured.toNanos());
    }

    /** The time that counts, on the clock of {@link System#nanoTime}. */
    record Period(long from, long nanos) {
        boolean isOver(long now) {
            return now - from >= nanos;
        }

        boolean counts(long now) {
            return now - from >= 0 && now - from < nanos;
        }
    }
}
