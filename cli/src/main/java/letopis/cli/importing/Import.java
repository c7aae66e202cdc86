package letopis.cli.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import letopis.cli.failure.Diagnosis;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.line.BadLineException;
import letopis.cli.line.EventLine;
import letopis.cli.line.LineParser;
import letopis.cli.line.LineSource;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.Interruption;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.Terminal;
import letopis.store.EventIdTakenException;
import letopis.store.EventStore;
import letopis.store.StreamTombstonedException;
import letopis.store.TimeBeforeHeadException;

/**
 * One import of a source of lines into a store. It may end anywhere, by an interrupt, a bad line, a full disk or the end of the
 * process: what is in the store then is the events of the first lines, in order, and the same import again goes on behind them.
 */
public final class Import {
    private final LineSource source;
    private final Options options;
    private final Terminal terminal;
    private final Interruption interruption;
    private final LineParser parser;
    private final AppendPipeline pipeline;
    private final AlreadyThere alreadyThere;
    private final long started = System.nanoTime();
    private Optional<Rejects> rejects = Optional.empty();
    private long highest;
    private long lines;
    private long added;
    private long found;
    private long lastDone;

    /**
     * @param newIds     whether every event gets a new random id
     * @param raiseTimes whether a time before that of the newest event is raised to it
     * @param rejects    the file that bad lines are set aside into; without it they end the import
     */
    public record Options(boolean newIds, boolean raiseTimes, Optional<Path> rejects) {}

    public Import(LineSource source, EventStore store, Options options, Terminal terminal, Interruption interruption) {
        this.source = source;
        this.options = options;
        this.terminal = terminal;
        this.interruption = interruption;
        this.parser = new LineParser(store.limits(), options.newIds);
        this.highest = store.head();
        this.pipeline = new AppendPipeline(store, options.raiseTimes, this::answered);
        this.alreadyThere = new AlreadyThere(store);
    }

    /**
     * Imports until the end of the source, or until the command is asked to end.
     *
     * @throws Failure at a bad line, unless such lines are set aside, and at whatever the store cannot do
     */
    public ImportSummary run() {
        try {
            rejects = options.rejects.isPresent() ? Optional.of(new Rejects(options.rejects.get())) : Optional.empty();
            try (Progress progress = new Progress(terminal, "importing " + source.shortName(), source.totalBytes());
                    alreadyThere) {
                while (!interruption.isRequested() && source.next()) {
                    lines++;
                    takeLine(progress);
                    progress.at(source.bytesRead(), this::rate);
                }
                untilDone(pipeline::drain);
            } finally {
                if (rejects.isPresent()) {
                    rejects.get().close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ImportSummary(lines, added, found, rejects.map(Rejects::lines).orElse(0L), source.number(),
                interruption.isRequested(), Duration.ofNanos(System.nanoTime() - started));
    }

    private void takeLine(Progress progress) {
        try {
            if (source.isTooLong()) {
                throw new BadLineException(
                        "is longer than " + source.line().length + " bytes, which no event of this store can need");
            }
            pipeline.add(parser.parse(source.number(), source.line()));
            untilDone(pipeline::send);
        } catch (BadLineException e) {
            String what = source.place() + ": the line " + e.why();
            progress.clear();
            if (rejects.isPresent()) {
                rejects.get().addCurrent(source);
                terminal.say(what + "; set aside");
            } else {
                untilDone(pipeline::drain);
                throw new Failure(ExitCode.FAILED, what,
                        stopped("mend the line") + ", or set bad lines aside with --rejects FILE");
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws RefusedLineException;
    }

    /** Goes on behind each line that the store refuses and that is set aside. */
    private void untilDone(Step step) {
        boolean done = false;
        while (!done) {
            try {
                step.run();
                done = true;
            } catch (RefusedLineException e) {
                refused(e);
            }
        }
    }

    private void refused(RefusedLineException refusal) {
        RuntimeException why = refusal.why();
        String what = source.name() + ":" + refusal.line().number() + ": " + why.getMessage();
        boolean linesFault = why instanceof EventIdTakenException || why instanceof TimeBeforeHeadException
                || why instanceof StreamTombstonedException;
        if (linesFault && rejects.isPresent()) {
            rejects.get().add(refusal.line().text());
            terminal.say(what + "; set aside");
            return;
        }
        Failure failure = Diagnosis.of(why).orElseThrow(() -> why);
        String remedy = switch (why) {
            case TimeBeforeHeadException _ ->
                "order the lines by time, or raise older times to the newest event's with --raise-times";
            case EventIdTakenException _ -> stopped("give the event another id")
                    + ", set such lines aside with --rejects FILE, or give all events new ids with --new-ids";
            case StreamTombstonedException _ -> "set such lines aside with --rejects FILE";
            default -> stopped("then" + (failure.remedy().isEmpty() ? "" : ": " + failure.remedy()));
        };
        throw new Failure(failure.exitCode(), what, remedy, why);
    }

    private String stopped(String first) {
        return first + " and run the same command again: it goes on there ("
                + (lastDone == 0
                        ? "nothing was imported"
                        : "what is in the store, up to line " + lastDone + ", is skipped")
                + ")";
    }

    private void answered(AppendPipeline.Answer answer) {
        EventLine line = answer.line();
        if (answer.position() > highest) {
            highest = answer.position();
            added++;
        } else {
            found++;
            Optional<String> difference = line.idGiven()
                    ? alreadyThere.difference(line, answer.position())
                    : Optional.empty();
            if (difference.isPresent()) {
                different(line, answer.position(), difference.get());
            }
        }
        lastDone = line.number();
    }

    private void different(EventLine line, long position, String difference) {
        String what = source.name() + ":" + line.number() + ": event id " + line.event().id()
                + " is in the store already, at position "
                + position + ", with " + difference;
        found--;
        if (rejects.isPresent()) {
            rejects.get().add(line.text());
            terminal.say(what + "; set aside");
        } else {
            throw new Failure(ExitCode.FAILED, what,
                    "give the event another id, set such lines aside with --rejects FILE, "
                            + "or give all events new ids with --new-ids");
        }
    }

    private String rate() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        return Figures.count(lines, "line") + ", " + Figures.count(Figures.perSecond(lines, elapsed)) + "/s";
    }
}
