package letopis.engine;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

import letopis.conformance.StoreFixture;
import letopis.store.EventStore;
import letopis.store.Limits;

/** The engine over a journal in memory. */
final class RamJournalFixture implements StoreFixture {
    private final RamJournal journal = new RamJournal();

    @Override
    public String name() {
        return "engine-in-memory";
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        EngineOptions options = EngineOptions.DEFAULT.withLimits(limits).withClock(clock);
        return EmbeddedEventStore.start(new Opening(Path.of("ram"), journal, Optional.empty()), options, false,
                System.nanoTime());
    }
}
