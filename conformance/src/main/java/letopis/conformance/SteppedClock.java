package letopis.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is stepped, forwards or backwards. */
final class SteppedClock implements InstantSource {
    static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void set(Instant instant) {
        now = instant;
    }

    void step(Duration by) {
        now = now.plus(by);
    }
}
