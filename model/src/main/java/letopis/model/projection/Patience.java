package letopis.model.projection;

import java.time.Duration;

/**
 * How often a failing event is tried, and how long the projection waits in between.
 *
 * @param attempts    how often an event is tried before the projection stands still; 1 or more
 * @param firstWait   the wait after the first failure; doubles with each further one
 * @param longestWait the longest wait
 */
public record Patience(int attempts, Duration firstWait, Duration longestWait) {
    /** 8 attempts within about 13 seconds, waits from 100 ms up to 5 s. */
    public static final Patience DEFAULT = new Patience(8, Duration.ofMillis(100), Duration.ofSeconds(5));

    /** @throws IllegalArgumentException if there is no attempt, or a wait is negative */
    public Patience {
        if (attempts < 1 || firstWait.isNegative() || longestWait.isNegative()) {
            throw new IllegalArgumentException(attempts + " attempts with waits of " + firstWait + " to " + longestWait
                    + " have no meaning");
        }
    }

    /** The wait after this attempt failed, counted from 1. */
    Duration waitAfter(int attempt) {
        long bound = firstWait.toNanos() << Math.min(attempt - 1, 20);
        return Duration.ofNanos(Math.min(bound, longestWait.toNanos()));
    }
}
