package letopis.benchmarks.contender;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Many writers of a {@link RawFile}: they hand their events to one thread, which puts all that wait into one group, writes and
 * forces it, and wakes them. While it does, the next group gathers.
 */
public final class RawCommits implements AutoCloseable {
    private static final int MAX_GROUP_EVENTS = 4_096;

    private final RawFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition requests = lock.newCondition();
    private final Thread thread;
    private List<Request> waiting = new ArrayList<>();
    private boolean idle;
    private boolean closed;

    private static final class Request {
        private final Thread writer = Thread.currentThread();
        private final List<Sample> events;
        private volatile boolean done;

        Request(List<Sample> events) {
            this.events = events;
        }
    }

    public RawCommits(Path directory) {
        file = new RawFile(directory);
        thread = Thread.ofPlatform().daemon().name("raw-commits").start(this::run);
    }

    /** Writes events; they have been forced to disk on return. */
    public void append(List<Sample> events) {
        Request request = new Request(events);
        lock.lock();
        try {
            waiting.add(request);
            if (idle) {
                idle = false;
                requests.signal();
            }
        } finally {
            lock.unlock();
        }
        while (!request.done) {
            LockSupport.park(this);
        }
    }

    private void run() {
        ByteBuffer group = RawFile.group(MAX_GROUP_EVENTS);
        for (List<Request> taken = take(); !taken.isEmpty(); taken = take()) {
            RawFile.begin(group);
            for (Request request : taken) {
                request.events.forEach(event -> RawFile.put(group, event));
            }
            file.commit(group);
            for (Request request : taken) {
                request.done = true;
                LockSupport.unpark(request.writer);
            }
        }
    }

    private List<Request> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                idle = true;
                requests.awaitUninterruptibly();
            }
            List<Request> taken = waiting;
            waiting = new ArrayList<>(taken.size());
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            requests.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
