package letopis.cli.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.line.LineWriter;
import letopis.cli.opening.OpenedStore;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.Terminal;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes events as lines of JSON. */
@Command(name = "export", description = "Write events as JSON lines, in the form that import takes.", footer = """

        The import of a whole export into an empty store gives the same events: order, revisions, ids, times and bytes.
        Data that is not JSON on one line is written as "dataBase64". Of a store that has forgotten events, revisions and
        positions come out smaller, and export says so.

        Examples:
          letopis export > all.jsonl
          letopis export --file all.jsonl.gz
          letopis export order-1 --as-of rev:2""")
final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private Selection selection = new Selection();

    @Option(names = {"-f",
            "--file"}, paramLabel = "FILE", description = "Write into this new file, packed with gzip if it ends with .gz; else to the standard output.", order = 10)
    private @Nullable Path file;

    @Option(names = "--force", description = "Replace the file if it is there.", order = 11)
    private boolean force;

    @Option(names = "--as-of", paramLabel = "POINT", converter = PointConverter.class, description = "As it was then, the event there included: "
            + PointConverter.FORMS + ".", order = 12)
    private @Nullable Point asOf;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Query query = selection.isEmpty() ? Query.all() : selection.query();
        Read read = read(query);
        if (file != null && Files.exists(file) && !force) {
            throw new Failure(ExitCode.FAILED, file + " is there already",
                    "name another file, or replace it with --force");
        }
        try (OpenedStore opened = data.openReadOnly(session.terminal())) {
            EventStore store = opened.store();
            selection.mustExist(store);
            boolean whole = file == null ? copy(store, read, session.terminal().out()) : toFile(store, read, file);
            return whole ? ExitCode.DONE : ExitCode.INTERRUPTED;
        }
    }

    private Read read(Query query) {
        try {
            return new Read(query, Read.Direction.FORWARDS, Optional.empty(), Optional.ofNullable(asOf), Read.NO_LIMIT);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), "", e);
        }
    }

    /** Writes beside the file first, so that it is there as a whole or not at all. */
    private boolean toFile(EventStore store, Read read, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        boolean whole = false;
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                    OutputStream packed = target.toString().endsWith(".gz")
                            ? new GZIPOutputStream(out, 1 << 16)
                            : out) {
                whole = copy(store, read, packed);
            }
            if (whole) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        if (!whole) {
            session.terminal().say("interrupted; " + target + " was not written");
        }
        return whole;
    }

    private boolean copy(EventStore store, Read read, OutputStream out) throws IOException {
        Terminal terminal = session.terminal();
        long started = System.nanoTime();
        long events = 0;
        try (Reading reading = store.read(read);
                Progress progress = new Progress(terminal, "exporting " + data.address(), reading.head())) {
            while (reading.hasNext()) {
                if (session.interruption().isRequested()) {
                    return false;
                }
                RecordedEvent event = reading.next();
                out.write(LineWriter.exported(event).end());
                events++;
                long written = events;
                progress.at(event.position(), () -> Figures.count(written, "event"));
            }
            out.flush();
            progress.clear();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            terminal.say("exported " + Figures.count(events, "event") + " in " + Figures.time(took) + ", "
                    + Figures.count(Figures.perSecond(events, took)) + " events/s");
            if (read.query().matchesEverything() && asOf == null && events < reading.head()) {
                terminal.say(Figures.count(reading.head() - events, "event")
                        + " of this store are forgotten and not in the export:"
                        + " after an import, positions and revisions will differ from those here");
            }
        }
        return true;
    }
}
