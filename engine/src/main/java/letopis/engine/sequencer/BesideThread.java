package letopis.engine.sequencer;

import java.util.concurrent.locks.LockSupport;

import letopis.engine.thread.OwnedThread;
import org.jspecify.annotations.Nullable;

/** A thread that does one thing at a time for its owner, who goes on meanwhile. Its owner is one thread. */
final class BesideThread {
    private final Thread thread;
    private volatile @Nullable Runnable work;
    private volatile @Nullable Thread owner;
    private volatile boolean closed;

    BesideThread(String name) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Begins to do something; waits for the end of what was begun before. It throws nothing. */
    void begin(Runnable what) {
        await();
        work = what;
        LockSupport.unpark(thread);
    }

    boolean isBusy() {
        return work != null;
    }

    /** Waits until it is done. */
    void await() {
        if (work != null) {
            owner = Thread.currentThread();
            while (work != null) {
                LockSupport.park(this);
            }
        }
    }

    /** Ends after what was begun. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        OwnedThread.join(thread);
    }

    private void run() {
        while (true) {
            Runnable now = work;
            if (now != null) {
                try {
                    now.run();
                } finally {
                    work = null;
                    LockSupport.unpark(owner);
                }
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }
}
