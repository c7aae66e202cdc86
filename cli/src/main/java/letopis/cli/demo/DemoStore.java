package letopis.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.engine.EmbeddedEventStore;
import letopis.store.Metadata;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/**
 * The directory of the demo. It never mixes its orders with the events of somebody else: a store is the demo's if its first event
 * says so.
 */
public final class DemoStore {
    /** Who causes the events of the demo, as their metadata name it. */
    static final String ACTOR = "letopis demo";

    private DemoStore() {}

    /**
     * Makes sure that the demo may work in this directory: it is missing, empty or the demo's.
     *
     * @throws Failure if it holds something else
     */
    public static void mustBeFree(Path directory) throws IOException {
        if (!isFree(directory)) {
            throw new Failure(ExitCode.FAILED, directory + " holds something else than the demo's store",
                    "name a new directory: letopis demo --data DIR");
        }
    }

    private static boolean isFree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isEmpty()) {
                return true;
            }
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory);
                Reading reading = store.read(Read.all().limit(1))) {
            Optional<RecordedEvent> first = reading.first();
            return first.isEmpty() || first.get().metadataText(Metadata.ACTOR).equals(Optional.of(ACTOR));
        }
    }
}
