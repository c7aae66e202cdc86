package letopis.testkit;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Event ids that can be foretold: 1, 2, 3 … as UUIDs. Safe for any number of threads. */
public final class TestIds implements Supplier<UUID> {
    private final AtomicLong last = new AtomicLong();

    /** Ids from 1 on. */
    public TestIds() {}

    /** The id with this number. */
    public static UUID id(long number) {
        return new UUID(0, number);
    }

    @Override
    public UUID get() {
        return id(last.incrementAndGet());
    }
}
