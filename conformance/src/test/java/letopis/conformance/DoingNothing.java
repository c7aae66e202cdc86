package letopis.conformance;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.Signal;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/** A store that says yes to everything and keeps nothing. */
final class DoingNothing implements EventStore {
    @Override
    public Appended append(Append append) {
        return new Appended(1, 1, Map.of());
    }

    @Override
    public CompletableFuture<Appended> submit(Append append) {
        return CompletableFuture.completedFuture(append(append));
    }

    @Override
    public Reading read(Read read) {
        return new ListedReading(this, List.of(), () -> 0);
    }

    @Override
    public Subscription subscribe(Query query, long after) {
        return new Subscription() {
            @Override
            public Signal next() {
                return new Signal.CaughtUp(0);
            }

            @Override
            public Optional<Signal> poll(Duration wait) {
                return Optional.of(next());
            }

            @Override
            public long position() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long head() {
        return 0;
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        return Optional.empty();
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        return List.of();
    }

    @Override
    public List<TypeInfo> types() {
        return List.of();
    }

    @Override
    public void forget(Forget forget) {}

    @Override
    public Limits limits() {
        return Limits.DEFAULT;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public void close() {}
}
