package letopis.cli.terminal;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, or a polite request to end: the command hears of it, finishes what it is at, says where to go on, and only then does the
 * process end, with the code that the signal gives it.
 */
public final class Interruption {
    /** How long a command may take to finish what it is at. */
    private static final long MAX_WAIT_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean requested;
    private @Nullable Thread waiting;

    /** What may wait for somebody else: a read of the standard input. */
    @FunctionalInterface
    public interface Wait<T> {
        T get() throws IOException;
    }

    /** Begins to listen. */
    public void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::request, "letopis-interruption"));
    }

    /** Whether the command has been asked to end. */
    public boolean isRequested() {
        return requested;
    }

    /** Does what may wait without end; an interruption breaks it off. */
    public <T> T whileWaiting(Wait<T> wait) throws IOException {
        lock.lock();
        try {
            waiting = Thread.currentThread();
            if (requested) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            return wait.get();
        } finally {
            lock.lock();
            try {
                waiting = null;
                if (requested) {
                    // it was for the wait alone: what follows must be able to end in peace
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The command has ended and said what there is to say. */
    public void finished() {
        finished.countDown();
    }

    private void request() {
        if (finished.getCount() == 0) {
            return;
        }
        lock.lock();
        try {
            requested = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            boolean inTime = finished.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            assert inTime || finished.getCount() == 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
