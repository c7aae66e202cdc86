package letopis.engine.thread;

import java.util.concurrent.locks.LockSupport;

/** What must be done although there is hardly any memory left, because others wait for it. */
public final class ScarceMemory {
    private static final long PAUSE_NANOS = 1_000_000;

    private ScarceMemory() {}

    /** Does something that may be done again from its beginning, until there is memory enough for it. */
    public static void insist(Runnable what) {
        while (true) {
            try {
                what.run();
                return;
            } catch (OutOfMemoryError _) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
