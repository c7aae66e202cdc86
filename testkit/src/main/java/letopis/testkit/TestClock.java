package letopis.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told. Safe for any number of threads. */
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private TestClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    /** A clock that shows this time. */
    public static TestClock at(Instant time) {
        return new TestClock(time);
    }

    /** A clock that shows this time, as {@code 2026-01-31T12:00:00Z}. */
    public static TestClock at(String time) {
        return at(Instant.parse(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves on, or back if the duration is negative. */
    public Instant advance(Duration duration) {
        return now.updateAndGet(time -> time.plus(duration));
    }

    /** Shows this time from now on. */
    public void set(Instant time) {
        now.set(time);
    }

    @Override
    public String toString() {
        return now.get().toString();
    }
}
