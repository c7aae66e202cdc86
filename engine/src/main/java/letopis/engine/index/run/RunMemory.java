package letopis.engine.index.run;

import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;

/**
 * The memory that the file of a run is mapped into. Given back when the store is closed; and when nobody has the run any more,
 * because another one has taken its place and the last reader is done.
 */
public final class RunMemory implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    /** A page may be being checked right now; that takes microseconds. */
    private static final int ATTEMPTS = 1_000;

    private final Arena arena = Arena.ofShared();
    private final Cleaner.Cleanable cleanable = CLEANER.register(this, new Release(arena));

    /** What is left to do when nothing else is left. */
    private record Release(Arena arena) implements Runnable {
        @Override
        public void run() {
            for (int i = 0; i < ATTEMPTS && arena.scope().isAlive(); i++) {
                try {
                    arena.close();
                } catch (IllegalStateException _) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** What to map into. */
    public Arena arena() {
        return arena;
    }

    /** Whoever still reads gets an exception, and does no harm. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
