package letopis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.contender.RawFile;

/** The stores that are filled once a run, and read by all rounds. */
final class FilledStores {
    private static final int NEWEST_SEGMENTS = 3;

    private final Path data;

    FilledStores(Path data) {
        this.data = data.resolve("filled");
    }

    Path directory(Kind kind, Filling.Layout layout, long events) {
        return data.resolve(kind + "-" + layout + "-" + events);
    }

    /** Words for a number of events and their layout. */
    static String variant(Filling.Layout layout, long events) {
        return size(events) + " " + layout.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** {@code 1M} for a million. */
    static String size(long events) {
        return events % 1_000_000 == 0 ? events / 1_000_000 + "M" : events / 1_000 + "k";
    }

    /**
     * A store of the engine as it is, to be written to. What is sealed is linked: nobody writes to it any more. The newest
     * segments and all else are copied.
     */
    static void copy(Path from, Path to) throws IOException {
        List<Path> log = RawFile.log(from);
        List<Path> sealed = log.subList(0, Math.max(0, log.size() - NEWEST_SEGMENTS));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (sealed.contains(file)) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
