package letopis.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come. */
final class Until {
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Until() {}

    /** Waits until this holds, and fails if it does not in time. */
    static void holds(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > AT_MOST.toNanos()) {
                throw new AssertionError("after " + AT_MOST + " still not: " + what);
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
