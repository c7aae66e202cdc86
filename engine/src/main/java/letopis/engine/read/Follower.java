package letopis.engine.read;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

import letopis.engine.thread.OwnedThread;
import letopis.journal.Journal;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;

/**
 * Follows a journal that another process writes: looks every {@value #MIN_WAIT_MILLIS} milliseconds whether more is published,
 * and less often, down to every {@value #MAX_WAIT_MILLIS}, while there is not. The writer does nothing for it.
 */
public final class Follower {
    static final long MIN_WAIT_MILLIS = 2;
    static final long MAX_WAIT_MILLIS = 20;

    private final Journal journal;
    private final Replay replay;
    private final Publication publication;
    private final Runnable afterReplay;
    private final Thread thread;
    private long nextBlock;
    private volatile boolean closed;

    /**
     * @param nextBlock   the number of the first block that was not seen
     * @param afterReplay run whenever there was more, by the thread that follows
     */
    public Follower(Journal journal, Replay replay, Publication publication, long nextBlock, Runnable afterReplay) {
        this.journal = journal;
        this.replay = replay;
        this.publication = publication;
        this.nextBlock = nextBlock;
        this.afterReplay = afterReplay;
        this.thread = Thread.ofPlatform().daemon().name("letopis-follower").unstarted(this::run);
        thread.start();
    }

    private void run() {
        long wait = MIN_WAIT_MILLIS;
        while (!closed) {
            try {
                if (journal.refresh()) {
                    nextBlock = journal.replay(nextBlock, replay);
                    publication.wake();
                    afterReplay.run();
                    wait = MIN_WAIT_MILLIS;
                } else {
                    wait = Math.min(wait + 1, MAX_WAIT_MILLIS);
                }
            } catch (StoreException e) {
                publication.end(() -> e);
                return;
            } catch (IOException | RuntimeException | Error e) {
                publication.end(() -> new StoreFailedException("following the writer failed: " + e, e));
                return;
            }
            LockSupport.parkNanos(this, wait * 1_000_000);
        }
    }

    /** Ends, and waits for it. */
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        OwnedThread.join(thread);
    }
}
