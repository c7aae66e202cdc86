package letopis.conformance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreException;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/** Passes everything on to another store. What is broken in a broken store is what it does not pass on. */
class ForwardingStore implements EventStore {
    final EventStore store;

    ForwardingStore(EventStore store) {
        this.store = store;
    }

    @Override
    public Appended append(Append append) {
        return store.append(append);
    }

    /** By way of {@link #append}, so that what is broken there is broken here. */
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

    /** Fails if one of the conditions does not hold now; a moment later it may be otherwise. */
    void check(List<Condition> conditions) {
        var never = new Condition.StreamExists("never-begun");
        try {
            Append probe = Append.to("never-written").of(Events.event("Never"));
            for (Condition condition : conditions) {
                probe = probe.onlyIf(condition);
            }
            store.append(probe.onlyIf(never));
        } catch (ConditionFailedException failed) {
            if (!failed.condition().equals(never)) {
                throw failed;
            }
        }
    }

    static Append without(Append append) {
        return new Append(append.entries(), List.of(), append.recordedTime());
    }

    static Append under(Append append, List<Condition> conditions) {
        return new Append(append.entries(), conditions, append.recordedTime());
    }
}
