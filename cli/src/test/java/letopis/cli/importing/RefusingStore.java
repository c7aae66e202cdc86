package letopis.cli.importing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreException;
import letopis.store.StoreFullException;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/** A real store that has no room for some appends, and has for those behind them. */
final class RefusingStore implements EventStore {
    private final EventStore store;
    private final Predicate<Append> refused;
    final AtomicLong submitted = new AtomicLong();

    RefusingStore(EventStore store, Predicate<Append> refused) {
        this.store = store;
        this.refused = refused;
    }

    @Override
    public CompletableFuture<Appended> submit(Append append) {
        submitted.incrementAndGet();
        return refused.test(append)
                ? CompletableFuture.failedFuture(new StoreFullException("the test", new java.io.IOException("no room")))
                : store.submit(append);
    }

    @Override
    public Appended append(Append append) throws StoreException {
        return store.append(append);
    }

    @Override
    public Reading read(Read read) {
        return store.read(read);
    }

    @Override
    public Subscription subscribe(Query query, long after) {
        return store.subscribe(query, after);
    }

    @Override
    public long head() {
        return store.head();
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        return store.stream(stream);
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        return store.streams(prefix, after, limit);
    }

    @Override
    public List<TypeInfo> types() {
        return store.types();
    }

    @Override
    public void forget(Forget forget) {
        store.forget(forget);
    }

    @Override
    public Limits limits() {
        return store.limits();
    }

    @Override
    public Set<Capability> capabilities() {
        return store.capabilities();
    }

    @Override
    public void close() {
        store.close();
    }
}
