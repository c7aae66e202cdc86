package letopis.engine.sequencer;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

import letopis.store.StoreFailedException;
import org.jspecify.annotations.Nullable;

/** Whether the writing has ended for good, and why. */
final class EndOfWriting {
    private final String store;
    private final AnsweringThread answers;
    private volatile @Nullable Throwable cause;

    EndOfWriting(String store, AnsweringThread answers) {
        this.store = store;
        this.answers = answers;
    }

    /** Why it has ended, if it has. */
    @Nullable
    Throwable cause() {
        return cause;
    }

    boolean hasCome() {
        return cause != null;
    }

    /** Ends the writing for good. */
    void come(Throwable why) {
        cause = why;
    }

    /** Ends the writing for good: of these nobody knows whether they are on the disk. */
    void come(Throwable why, List<Decided> unknown) {
        cause = why;
        while (true) {
            try {
                answers.tell(Decided.unknown(unknown, why, () -> failed(why)));
                return;
            } catch (OutOfMemoryError _) { // others wait for the answer: until there is memory for it
                LockSupport.parkNanos(AnsweringThread.MEMORY_PAUSE_NANOS);
            }
        }
    }

    /** What those are told of which nothing was written. */
    StoreFailedException failed(Throwable why) {
        return new StoreFailedException("writing to " + store + " failed: " + why, why);
    }
}
