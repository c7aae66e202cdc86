package letopis.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/** A real store whose appends go another way than they should: through what the test puts in between. */
final class FaultyStore implements EventStore {
    private final EventStore store;
    private final BiFunction<EventStore, Append, Appended> appending;

    FaultyStore(EventStore store, BiFunction<EventStore, Append, Appended> appending) {
        this.store = store;
        this.appending = appending;
    }

    @Override
    public Appended append(Append append) {
        return appending.apply(store, append);
    }

    @Override
    public CompletableFuture<Appended> submit(Append append) {
        return store.submit(append);
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
