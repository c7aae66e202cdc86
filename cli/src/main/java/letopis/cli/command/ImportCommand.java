package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.importing.Import;
import letopis.cli.importing.ImportSummary;
import letopis.cli.line.LineSource;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.store.EventStore;
import letopis.store.Limits;
import letopis.store.StoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings lines of JSON into the store. */
@Command(name = "import", description = "Bring events from a file of JSON lines into the store, each with its own time.", footer = """

        A line:
          {"stream":"order-1","type":"OrderCreated","time":"2026-01-31T12:00:00Z","data":{"customer":"c-456"}}
        It may have id, contentType, metadata and tags, too. Data and metadata are kept byte by byte.

        It can be broken off anywhere and run again: what is in the store already is skipped. A line without an id gets
        one from its number and its text, so that the same file adds nothing the second time; if another file begins with
        the same lines and these are other facts, use --new-ids. At a bad line it stops, and nothing behind that line is
        written.

        Examples:
          letopis import orders.jsonl.gz
          zcat orders.jsonl.gz | letopis import -
          letopis import orders.jsonl --rejects bad.jsonl""")
final class ImportCommand implements Callable<Integer> {
    /** A line may be so many times as long as the largest event, for escapes, Base64 and names. */
    private static final int LINE_PER_EVENT = 4;

    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "JSON lines, plain or packed with gzip; - is the standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command line
    private String file;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Set bad lines aside into this file instead of stopping; ends with 1 if there were any.", order = 1)
    private @Nullable Path rejects;

    @Option(names = "--raise-times", description = "Raise a time that is older than the newest event's to that, instead of stopping.", order = 2)
    private boolean raiseTimes;

    @Option(names = "--new-ids", description = "Give every event a new id: a second import adds everything again.", order = 3)
    private boolean newIds;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (rejects != null && !file.equals("-") && Files.exists(rejects) && Files.isSameFile(rejects, Path.of(file))) {
            throw new Failure(ExitCode.USAGE, "bad lines would overwrite " + file + " itself",
                    "name another file with --rejects");
        }
        try (LineSource source = LineSource.open(file, Limits.DEFAULT.maxEventBytes() * LINE_PER_EVENT,
                session.interruption())) {
            return data.address() instanceof StoreAddress.Directory(Path directory) && !Files.exists(directory)
                    ? runIntoNew(source, directory)
                    : run(source);
        }
    }

    /** A store that was made for nothing is taken away again. */
    private int runIntoNew(LineSource source, Path directory) throws IOException {
        try {
            return run(source);
        } catch (RuntimeException e) {
            if (isEmptyStore(directory)) {
                removeNew(directory);
            }
            throw e;
        }
    }

    private static boolean isEmptyStore(Path directory) {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            return store.head() == 0;
        } catch (StoreException e) {
            return false;
        }
    }

    private void removeNew(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path made : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(made);
            }
        }
        session.terminal().say("took the new store in " + directory + " away again, since nothing was imported");
    }

    private int run(LineSource source) throws IOException {
        Terminal terminal = session.terminal();
        try (OpenedStore opened = data.openForWriting(terminal)) {
            EventStore store = opened.store();
            Import.Options options = new Import.Options(newIds, raiseTimes, Optional.ofNullable(rejects));
            ImportSummary summary = new Import(source, store, options, terminal, session.interruption()).run();
            say(source, store, summary);
            return summary.interrupted()
                    ? ExitCode.INTERRUPTED
                    : summary.setAside() > 0 ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    private void say(LineSource source, EventStore store, ImportSummary summary) {
        Terminal terminal = session.terminal();
        String rate = Figures.count(Figures.perSecond(summary.lines(), summary.took())) + " lines/s";
        terminal.say((summary.interrupted()
                ? "interrupted after line " + Figures.count(summary.lastLine()) + " of "
                : "imported ")
                + source.name() + ": " + Figures.count(summary.added(), "event") + " added"
                + (summary.alreadyThere() == 0 ? "" : ", " + Figures.count(summary.alreadyThere()) + " already there")
                + (summary.setAside() == 0
                        ? ""
                        : ", " + Figures.count(summary.setAside(), "line") + " set aside into " + rejects)
                + "; " + Figures.time(summary.took()) + ", " + rate + "; the store's head is at position "
                + Figures.count(store.head()));
        if (summary.interrupted()) {
            terminal.say("run the same command again to go on; what is in the store is skipped");
        }
        if (output.jsonWanted()) {
            new JsonLine().member("file", source.name())
                    .member("lines", summary.lines())
                    .member("added", summary.added())
                    .member("alreadyThere", summary.alreadyThere())
                    .member("setAside", summary.setAside())
                    .member("interrupted", summary.interrupted())
                    .member("millis", summary.took().toMillis())
                    .member("linesPerSecond", Figures.perSecond(summary.lines(), summary.took()))
                    .member("head", store.head())
                    .to(terminal.out());
            terminal.out().flush();
        }
    }
}
