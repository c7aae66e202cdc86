package letopis.sql;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Asks the database for the head once for all who want to know it. An answer is for those who were there before the question was
 * put, so that nobody is told an older head than that of the moment at which he asked; those who come later share the next one.
 */
final class SharedHead {
    private final LongSupplier database;
    private final ReentrantLock asking = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Long> next;
    private int waiting;

    SharedHead(LongSupplier database) {
        this.database = database;
    }

    long ask() {
        CompletableFuture<Long> answer;
        boolean first;
        lock.lock();
        try {
            CompletableFuture<Long> shared = next;
            first = shared == null;
            answer = shared == null ? new CompletableFuture<>() : shared;
            next = answer;
            waiting++;
        } finally {
            lock.unlock();
        }
        if (first) {
            askFor(answer);
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw e;
        }
    }

    /** How many wait for the next question. */
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void askFor(CompletableFuture<Long> answer) {
        asking.lock();
        try {
            lock.lock();
            try {
                next = null;
                waiting = 0;
            } finally {
                lock.unlock();
            }
            answer.complete(database.getAsLong());
        } catch (Throwable e) { // whatever went wrong went wrong for all of them
            answer.completeExceptionally(e);
        } finally {
            asking.unlock();
        }
    }
}
