package letopis.cli.opening;

import java.util.List;
import java.util.Locale;

import letopis.cli.opening.StoreFacts.Fact;
import letopis.cli.terminal.Figures;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.EngineStats;

/** What the embedded engine tells about its directory. */
final class EmbeddedFacts {
    private EmbeddedFacts() {}

    static StoreFacts of(EmbeddedEventStore store) {
        EngineStats stats = store.stats();
        double bytesPerEvent = stats.events() == 0 ? 0 : (double) stats.bytesUsed() / stats.events();
        return new StoreFacts(List.of(
                Fact.of("directory", "directory", stats.directory().toString()),
                Fact.of("events", "events", stats.events(), Figures.count(stats.events())),
                Fact.of("streams", "streams", stats.streams(), Figures.count(stats.streams())),
                Fact.of("head", "head", stats.head(), "position " + Figures.count(stats.head())),
                Fact.of("segments", "segment files", stats.segments(), Figures.count(stats.segments())),
                Fact.of("bytesUsed", "used", stats.bytesUsed(), Figures.bytes(stats.bytesUsed())),
                Fact.of("bytesAllocated", "on disk", stats.bytesAllocated(), Figures.bytes(stats.bytesAllocated())),
                Fact.of("bytesPerEvent", "bytes per event", Math.round(bytesPerEvent),
                        String.format(Locale.ROOT, "%.1f", bytesPerEvent)),
                Fact.of("openedInMillis", "opened in", stats.openedIn().toMillis(), Figures.time(stats.openedIn())),
                Fact.of("durability", "durability", String.valueOf(stats.durability()))));
    }
}
