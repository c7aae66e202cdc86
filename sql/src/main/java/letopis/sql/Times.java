package letopis.sql;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Recorded times in microseconds since 1970. A time that has no such number is as early, or as late, as there is one. */
final class Times {
    private static final long PER_SECOND = 1_000_000;

    private Times() {}

    /** The last whole microsecond up to this time. */
    static long micros(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / 1_000);
        } catch (ArithmeticException _) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE + 1 : Long.MAX_VALUE - 1;
        }
    }

    /** The first whole microsecond from this time on. */
    static long microsFrom(Instant time) {
        long before = micros(time);
        return instant(before).isBefore(time) ? before + 1 : before;
    }

    /** The first whole microsecond of which the age is still below this. */
    static long firstYoungerThan(Duration age, Instant now) {
        try {
            return micros(now.minus(age)) + 1;
        } catch (DateTimeException | ArithmeticException _) {
            return Long.MIN_VALUE; // so long ago that nothing is older
        }
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
    }
}
