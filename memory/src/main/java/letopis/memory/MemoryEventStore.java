package letopis.memory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreClosedException;
import letopis.store.StoreException;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/**
 * An event store in memory, for tests and demonstrations. It keeps the whole contract but one sentence: what was appended is
 * gone when the store is closed.
 *
 * <p>One lock guards one list of events; nothing here is meant to be fast beyond what a test needs. Reads of one stream cost
 * what the stream is long, all others what the store is long. It grows until the memory of the process ends.
 *
 * <p>A subscription says {@link letopis.store.Signal.FellBehind} when more than {@value MemorySubscription#PAGE_EVENTS} events
 * wait to be looked at, and {@link letopis.store.Signal.Looked} after every {@value MemorySubscription#PAGE_EVENTS} events
 * without a match.
 */
public final class MemoryEventStore implements EventStore {
    private static final Set<Capability> CAPABILITIES = Collections
            .unmodifiableSet(EnumSet.complementOf(EnumSet.of(Capability.DURABLE)));

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Limits limits;
    private final Log log;
    private boolean closed;

    private MemoryEventStore(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.log = new Log(clock);
    }

    /** An empty store with the default limits and the system's clock. */
    public static MemoryEventStore open() {
        return open(Limits.DEFAULT, InstantSource.system());
    }

    /** An empty store with the default limits. */
    public static MemoryEventStore open(InstantSource clock) {
        return open(Limits.DEFAULT, clock);
    }

    /**
     * An empty store.
     *
     * @param clock gives the recorded times, and the time from which {@link Forget.Retention#maxAge} counts back; it is asked
     *              under the store's lock and must answer at once
     */
    public static MemoryEventStore open(Limits limits, InstantSource clock) {
        return new MemoryEventStore(limits, clock);
    }

    @Override
    public Appended append(Append append) {
        limits.check(append);
        return whileOpen(() -> {
            Appended appended = log.append(append);
            changed.signalAll();
            return appended;
        });
    }

    @Override
    public CompletableFuture<Appended> submit(Append append) {
        try {
            return CompletableFuture.completedFuture(append(append));
        } catch (StoreException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public Reading read(Read read) {
        return whileOpen(() -> new MemoryReading(this, log, read));
    }

    @Override
    public Subscription subscribe(Query query, long after) {
        return whileOpen(() -> new MemorySubscription(this, log, query, after));
    }

    @Override
    public long head() {
        return whileOpen(log::head);
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        return whileOpen(() -> log.stream(stream));
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        return whileOpen(() -> log.streams(prefix, after, limit));
    }

    @Override
    public List<TypeInfo> types() {
        return whileOpen(log::types);
    }

    @Override
    public void forget(Forget forget) {
        whileOpen(() -> {
            log.forget(forget);
            return forget;
        });
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does something under the store's lock. */
    <T> T whileOpen(Supplier<T> what) {
        lock.lock();
        try {
            checkOpen();
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    /** Asks under the store's lock, and again after each change, until there is an answer or the wait is over. */
    <T> Optional<T> await(Duration wait, Supplier<Optional<T>> what) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = wait.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? wait.toNanos() : Long.MAX_VALUE;
            while (true) {
                checkOpen();
                Optional<T> answer = what.get();
                if (answer.isPresent() || nanos <= 0) {
                    return answer;
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waits of those who have to see that something was closed. */
    void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException("the store in memory");
        }
    }
}
