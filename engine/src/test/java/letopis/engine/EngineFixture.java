package letopis.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import letopis.conformance.StoreFixture;
import letopis.engine.index.IndexOptions;
import letopis.journal.disk.RealDisk;
import letopis.store.EventStore;
import letopis.store.Limits;

/** The engine in a directory of its own. Small segments, so that the suite crosses their ends. */
final class EngineFixture implements StoreFixture {
    private final Path directory;
    private final IndexOptions index;

    EngineFixture() {
        this(IndexOptions.DEFAULT);
    }

    EngineFixture(IndexOptions index) {
        this.index = index;
        try {
            directory = Files.createTempDirectory("letopis-engine");
        } catch (IOException e) {
            throw new AssertionError("no directory to try the engine in", e);
        }
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        EngineOptions options = EngineOptions.DEFAULT.withLimits(limits)
                .withClock(clock)
                .withSegmentBytes(64 << 10, 256 << 10);
        Opening opening = Opening.forWriting(directory, RealDisk.at(directory), Opening.journalOptions(options), index);
        return EmbeddedEventStore.start(opening, options, false, System.nanoTime());
    }

    @Override
    public EventStore openReadOnly() {
        return EmbeddedEventStore.openReadOnly(directory);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
