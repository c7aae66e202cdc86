package letopis.journal.file;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** Ids and times that are the same in each run. */
final class Ids {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000006Z");
    static final Supplier<Instant> CLOCK = () -> TIME;
    /** One id for all: what one state has is no business of another. */
    static final Supplier<UUID> NUMBERED = () -> new UUID(0x0123_4567_89AB_4DEFL, 0x8123_4567_89AB_CDEFL);

    private Ids() {}

    static Supplier<UUID> of(long seed) {
        return () -> new UUID(0x0123_4567_89AB_4DEFL, 0x8000_0000_0000_0000L | seed);
    }
}
