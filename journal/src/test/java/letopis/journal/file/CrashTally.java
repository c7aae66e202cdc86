package letopis.journal.file;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what an explorer has looked at, each state once. Safe for any number of threads. */
final class CrashTally {
    private final LongSet states = new LongSet();
    private final LongSet recoveries = new LongSet();
    private final LongSet checked = new LongSet();
    private final AtomicLong distinct = new AtomicLong();
    private final AtomicLong distinctRecoveries = new AtomicLong();

    /** A state that a power cut left. */
    void state(long contentHash) {
        if (states.add(contentHash)) {
            distinct.incrementAndGet();
        }
    }

    /** A state that a power cut left in the middle of a recovery. */
    void recovery(long contentHash) {
        if (recoveries.add(contentHash)) {
            distinctRecoveries.incrementAndGet();
        }
        state(contentHash);
    }

    /** Whether a state was not checked yet under these expectations. */
    boolean isNew(long key) {
        return checked.add(key);
    }

    /** How many distinct states. */
    long states() {
        return distinct.get();
    }

    /** How many of them in the middle of a recovery. */
    long recoveries() {
        return distinctRecoveries.get();
    }
}
