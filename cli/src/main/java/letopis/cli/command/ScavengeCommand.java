package letopis.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.opening.InDatabase;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.EngineOptions;
import letopis.engine.ScavengeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes what was forgotten from the disk. */
@Command(name = "scavenge", description = "Take what was truncated, deleted or is too old from the disk, for good.", footer = """

        Needs a store in a directory for itself; a program that has it open calls EmbeddedEventStore.scavenge instead.
        Interrupted, it is done to the end by running it again. Names of streams stay.

        Example:
          letopis scavenge""")
final class ScavengeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ScavengeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        if (data.address() instanceof StoreAddress.Database) {
            return database(terminal);
        }
        Path directory = data.directory("scavenge", "");
        ScavengeReport report;
        try (EmbeddedEventStore store = StoreOpening.embedded(directory,
                EngineOptions.DEFAULT.withCreateIfMissing(false), terminal)) {
            report = scavenge(terminal, store, directory);
        }
        if (output.json(terminal)) {
            new JsonLine().member("erasedEvents", report.events())
                    .member("rewrittenSegments", report.segments())
                    .member("reclaimedBytes", report.reclaimedBytes())
                    .to(terminal.out());
        } else {
            terminal.out()
                    .println(terminal.outStyle().good("scavenged") + "  " + Figures.count(report.events(), "event")
                            + " erased; " + Figures.count(report.segments(), "segment") + " written anew, "
                            + Figures.bytes(report.reclaimedBytes()) + " less");
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    /** Beside everything else that goes on there. */
    private int database(Terminal terminal) {
        long erased;
        try (OpenedStore opened = data.openForWriting(terminal);
                Progress progress = new Progress(terminal, "scavenging " + opened.address(), 0)) {
            erased = opened instanceof InDatabase it
                    ? it.store().scavenge(done -> progress.at(done, () -> Figures.count(done, "event") + " erased"))
                    : 0;
        }
        if (output.json(terminal)) {
            new JsonLine().member("erasedEvents", erased).to(terminal.out());
        } else {
            terminal.out()
                    .println(terminal.outStyle().good("scavenged") + "  " + Figures.count(erased, "event") + " erased");
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private static ScavengeReport scavenge(Terminal terminal, EmbeddedEventStore store, Path directory) {
        Progress[] shown = new Progress[1];
        try {
            return store.scavenge((segments, total, events, bytes) -> {
                if (shown[0] == null) {
                    shown[0] = new Progress(terminal, "scavenging " + directory, total);
                }
                shown[0].at(segments, () -> segments + " of " + total + " segments, " + Figures.bytes(bytes) + " less");
            });
        } finally {
            if (shown[0] != null) {
                shown[0].clear();
            }
        }
    }
}
