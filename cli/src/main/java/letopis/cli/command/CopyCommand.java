package letopis.cli.command;

import java.time.Duration;
import java.util.concurrent.Callable;

import letopis.cli.copying.CopyProgress;
import letopis.cli.copying.CopyReport;
import letopis.cli.copying.StoreCopy;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a store into another one, of whatever kinds they are. */
@Command(name = "copy", description = "Copy all events of a store into another one: a directory or a database.", footer = """

        Order, positions, revisions, ids, times, content types, metadata, tags and bytes stay what they are, and both
        stores are read and compared afterwards. It can be broken off anywhere and run again: it goes on where it ended.
        A target that holds anything but the beginning of the source is refused, and nobody else may append to it.

        A source that has forgotten events is refused, since positions and revisions would differ, unless --renumber
        is given. Rules of retention are set in the target, too, at the end.

        Examples:
          letopis copy ./data postgresql://user@host/database
          letopis copy ./data ./smaller --renumber""")
final class CopyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "FROM", description = "The store to read: a directory, or a URL as --store of the other commands takes it.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The store to write; it is made if there is none.")
    private String to = "";

    @Option(names = "--renumber", description = "Count positions and revisions anew where the source has forgotten events.", order = 10)
    private boolean renumber;

    @Option(names = "--no-verify", description = "Do not read and compare both stores afterwards.", order = 11)
    private boolean noVerify;

    @Mixin
    private OutputOptions output = new OutputOptions();

    CopyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        StoreAddress source = StoreAddress.parse(from);
        StoreAddress target = StoreAddress.parse(to);
        if (source.toString().equals(target.toString())) {
            throw new Failure(ExitCode.USAGE, "both are the same store", "name another one to copy into");
        }
        long started = System.nanoTime();
        CopyReport report;
        try (OpenedStore left = StoreOpening.readOnly(source, terminal);
                OpenedStore right = StoreOpening.forWriting(target, terminal);
                Shown shown = new Shown()) {
            report = new StoreCopy(left.store(), right.store(), renumber, !noVerify, shown).run();
        }
        say(target, report, Duration.ofNanos(System.nanoTime() - started));
        return report.whole() ? ExitCode.DONE : ExitCode.INTERRUPTED;
    }

    /** A bar for each step. */
    private final class Shown implements CopyProgress, AutoCloseable {
        private @Nullable Step step;
        private @Nullable Progress progress;
        private long started;
        private long events;

        @Override
        public void at(Step now, long position, long head) {
            Progress shown = progress;
            if (shown == null || step != now) {
                close();
                step = now;
                started = System.nanoTime();
                events = 0;
                shown = new Progress(session.terminal(), switch (now) {
                    case COMPARING -> "comparing what is there";
                    case COPYING -> "copying";
                    case VERIFYING -> "verifying";
                }, head);
                progress = shown;
            }
            events++;
            shown.at(position, () -> Figures.count(position, "event") + ", " + Figures.count(
                    Figures.perSecond(events, Duration.ofNanos(System.nanoTime() - started))) + "/s");
        }

        @Override
        public boolean stopped() {
            return session.interruption().isRequested();
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.clear();
            }
        }
    }

    private void say(StoreAddress target, CopyReport report, Duration took) {
        Terminal terminal = session.terminal();
        report.notes().forEach(terminal::say);
        terminal.say((report.whole() ? "copied " : "interrupted after ") + Figures.count(report.copied(), "event")
                + (report.alreadyThere() == 0
                        ? ""
                        : ", " + Figures.count(report.alreadyThere()) + " were there already")
                + "; " + Figures.time(took) + "; the head of " + target + " is at position "
                + Figures.count(report.head())
                + (!report.whole() ? "" : report.verified() ? "; verified, all fields are equal" : "; not verified"));
        if (!report.whole()) {
            terminal.say("run the same command again to go on");
        }
        if (output.jsonWanted()) {
            new JsonLine().member("copied", report.copied())
                    .member("alreadyThere", report.alreadyThere())
                    .member("head", report.head())
                    .member("interrupted", !report.whole())
                    .member("verified", report.verified())
                    .member("millis", took.toMillis())
                    .to(terminal.out());
            terminal.out().flush();
        }
    }
}
