package letopis.model.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far a projection has come, shared by the thread that feeds it and those that wait for it. */
final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Now now;
    private boolean closing;

    /** All of it at one moment. */
    record Now(ProjectionStatus.State state, long position, long checkpoint, Instant lastMoved,
            Optional<ProjectionError> error) {
        boolean isOver() {
            return state == ProjectionStatus.State.FAILED || state == ProjectionStatus.State.CLOSED;
        }
    }

    Progress(long position, Instant time) {
        now = new Now(ProjectionStatus.State.CATCHING_UP, position, position, time, Optional.empty());
    }

    Now now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    private void set(Now next) {
        now = next;
        changed.signalAll();
    }

    void moved(long position, Instant time) {
        lock.lock();
        try {
            ProjectionStatus.State state = now.state == ProjectionStatus.State.RETRYING
                    ? ProjectionStatus.State.CATCHING_UP
                    : now.state;
            set(new Now(state, position, now.checkpoint, time, Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    void saved(long checkpoint) {
        lock.lock();
        try {
            set(new Now(now.state, now.position, checkpoint, now.lastMoved, now.error));
        } finally {
            lock.unlock();
        }
    }

    /** What it does now; what is over stays over. */
    void is(ProjectionStatus.State state) {
        lock.lock();
        try {
            if (!now.isOver()) {
                set(new Now(state, now.position, now.checkpoint, now.lastMoved, now.error));
            }
        } finally {
            lock.unlock();
        }
    }

    void went(ProjectionStatus.State state, ProjectionError error) {
        lock.lock();
        try {
            if (!now.isOver()) {
                set(new Now(state, now.position, now.checkpoint, now.lastMoved, Optional.of(error)));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins again after a failure. */
    void restart() {
        lock.lock();
        try {
            set(new Now(ProjectionStatus.State.CATCHING_UP, now.position, now.checkpoint, now.lastMoved, now.error));
        } finally {
            lock.unlock();
        }
    }

    /** It was closed; what went wrong before stays known. */
    void close() {
        lock.lock();
        try {
            set(new Now(ProjectionStatus.State.CLOSED, now.position, now.checkpoint, now.lastMoved, now.error));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has come this far or is over, for so long at most. */
    Now awaitPosition(long position, Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lock();
        try {
            while (now.position < position && !now.isOver() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Waits this long, or until it is to be closed. */
    void pause(Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lock();
        try {
            while (!closing && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a pause: it is to be closed. */
    void stop() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }
}
