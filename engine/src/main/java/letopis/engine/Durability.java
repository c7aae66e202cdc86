package letopis.engine;

import java.time.Duration;
import java.util.Locale;

/**
 * When what was appended is forced to the disk, and so what an acknowledged append survives. At every level it survives the
 * end of the process, and appends keep their order: after a power cut the store holds all appends up to some point, and
 * whatever was forced.
 *
 * @param level      when
 * @param forceEvery for {@link Level#INTERVAL} how long after an append the disk is forced, from one millisecond to one
 *                   hour; zero otherwise
 */
public record Durability(Level level, Duration forceEvery) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** When the disk is forced. */
    public enum Level {
        /** Before an append is acknowledged. */
        FORCED,
        /** Again and again, some time after. */
        INTERVAL,
        /** When the system does it by itself, when a segment is full, and when the store is closed. */
        SYSTEM
    }

    /** An acknowledged append survives a power cut. The default. */
    public static final Durability FORCED = new Durability(Level.FORCED, Duration.ZERO);

    /** What a power cut takes is up to the system, commonly the last half minute. */
    public static final Durability SYSTEM = new Durability(Level.SYSTEM, Duration.ZERO);

    /** @throws IllegalArgumentException if the time does not belong to the level or is out of its range */
    public Durability {
        boolean inRange = level == Level.INTERVAL
                ? forceEvery.compareTo(SHORTEST) >= 0 && forceEvery.compareTo(LONGEST) <= 0
                : forceEvery.isZero();
        if (!inRange) {
            throw new IllegalArgumentException("the disk is forced each 1 ms to 1 h, not " + forceEvery + ", with "
                    + level);
        }
    }

    /** A power cut takes what was appended within that time before it, at most. */
    public static Durability interval(Duration forceEvery) {
        return new Durability(Level.INTERVAL, forceEvery);
    }

    /** What an acknowledged append survives, in words. */
    public String inWords() {
        return switch (level) {
            case FORCED -> "forced to disk before it is acknowledged: survives a power cut";
            case INTERVAL -> String.format(Locale.ROOT,
                    "forced to disk every %d ms, AFTER it is acknowledged: a power cut loses what was not forced yet",
                    forceEvery.toMillis());
            case SYSTEM -> "left to the system, AFTER it is acknowledged: a power cut loses what was not forced yet";
        };
    }
}
