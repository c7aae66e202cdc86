package letopis.model;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a command is decided anew when others were faster, and how long it waits in between. Others of this process are
 * waited for in line, and each gets its turn. When others are still faster, in other processes that is, the wait is random, up
 * to a bound that begins at {@code firstWait} and doubles with each attempt up to {@code longestWait}.
 *
 * @param attempts    how often a command is decided at most, the first time included; 1 or more
 * @param firstWait   the bound of the first wait
 * @param longestWait the bound of any wait
 */
public record Retries(int attempts, Duration firstWait, Duration longestWait) {
    /** 20 attempts, waits of up to 1 ms at first and up to 50 ms at last. */
    public static final Retries DEFAULT = new Retries(20, Duration.ofMillis(1), Duration.ofMillis(50));
    /** A conflict is final. */
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException if there is no attempt, or a wait is negative or the longest is the shorter */
    public Retries {
        if (attempts < 1) {
            throw new IllegalArgumentException("a command is decided at least once, not " + attempts + " times");
        }
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("waits of " + firstWait + " to " + longestWait + " have no meaning");
        }
    }

    /** The wait after this attempt failed, counted from 1. */
    Duration waitAfter(int attempt) {
        long bound = firstWait.toNanos() << Math.min(attempt - 1, 20);
        long most = Math.min(longestWait.toNanos(), bound);
        return Duration.ofNanos(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1));
    }
}
