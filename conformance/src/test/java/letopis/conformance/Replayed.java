package letopis.conformance;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import letopis.memory.MemoryEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;

/** A store in memory that is durable as long as its journal is kept: it does again all that was done before. */
final class Replayed extends ForwardingStore {
    private final List<Done> journal;

    /** What was done. */
    sealed interface Done {
        record Wrote(Append append) implements Done {}

        record Forgot(Forget forget) implements Done {}
    }

    private Replayed(EventStore store, List<Done> journal) {
        super(store);
        this.journal = journal;
    }

    /** A store in which everything in the journal was done, and which goes on to write it. */
    static Replayed open(List<Done> journal, Limits limits, InstantSource clock) {
        EventStore store = MemoryEventStore.open(limits, clock);
        for (Done done : List.copyOf(journal)) {
            switch (done) {
                case Done.Wrote it -> store.append(it.append);
                case Done.Forgot it -> store.forget(it.forget);
            }
        }
        return new Replayed(store, journal);
    }

    @Override
    public synchronized Appended append(Append append) {
        long head = store.head();
        Appended appended = store.append(append);
        if (appended.firstPosition() > head) {
            Instant time = store.stream(append.entries().getFirst().stream()).orElseThrow().lastTime();
            journal.add(new Done.Wrote(without(append).recordedAt(time)));
        }
        return appended;
    }

    @Override
    public synchronized void forget(Forget forget) {
        store.forget(forget);
        journal.add(new Done.Forgot(forget));
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    static List<Done> newJournal() {
        return new ArrayList<>();
    }
}
