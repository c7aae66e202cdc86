package letopis.conformance;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import letopis.conformance.ConformanceReport.Result;
import letopis.memory.MemoryEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Limits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract of read-only stores: one that keeps it passes, and broken ones are caught. */
class ReadOnlyContractTest {
    @Test
    void viewOfAStoreInMemoryPasses() {
        ConformanceReport report = ConformanceReport.run(() -> new Views(View::new), ReadOnlyContract.class);

        assertThat(report.failures()).as("%s", report).isEmpty();
        assertThat(report.results()).hasSize(5);
    }

    @Test
    void readOnlyStoreThatWritesIsCaught() {
        assertThat(caught(it -> new View(it) {
            @Override
            public Appended append(Append append) {
                return store.append(append);
            }
        })).contains("readOnlyStoreRefusesToWrite");
    }

    @Test
    void readOnlyStoreThatDoesNotFollowIsCaught() {
        assertThat(caught(it -> new View(it) {
            private final long opened = store.head();

            @Override
            public long head() {
                return opened;
            }
        })).contains("readOnlyStoreFollowsTheWriter");
    }

    private static List<String> caught(UnaryOperator<EventStore> view) {
        return ConformanceReport.run(() -> new Views(view), ReadOnlyContract.class)
                .failures()
                .stream()
                .map(Result::test)
                .toList();
    }

    /** Sees a store, writes nothing, and closes nothing. */
    private static class View extends Lacking {
        View(EventStore store) {
            super(store, Set.of(Capability.APPEND));
        }

        @Override
        public void close() {}
    }

    /** A store in memory that outlives its closing, and views of it. */
    private static final class Views implements StoreFixture {
        private final UnaryOperator<EventStore> view;
        private final List<EventStore> kept = new ArrayList<>();

        Views(UnaryOperator<EventStore> view) {
            this.view = view;
        }

        @Override
        public String name() {
            return "views";
        }

        @Override
        public EventStore open(Limits limits, InstantSource clock) {
            if (kept.isEmpty()) {
                kept.add(MemoryEventStore.open(limits, clock));
            }
            return new ForwardingStore(kept.getFirst()) {
                @Override
                public void close() {}

                @Override
                public Set<Capability> capabilities() {
                    return EnumSet.allOf(Capability.class);
                }
            };
        }

        @Override
        public EventStore openReadOnly() {
            return view.apply(kept.getFirst());
        }

        @Override
        public void close() {
            kept.forEach(EventStore::close);
        }
    }
}
