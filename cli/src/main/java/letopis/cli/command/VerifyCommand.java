package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import letopis.cli.copying.ContractCheck;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.StepProgress;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.Fault;
import letopis.engine.Verification;
import letopis.store.StoreUnusableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the whole store and checks all of it. */
@Command(name = "verify", description = "Read the whole store and check every byte of it; or check a proof, without a store. Changes nothing.", footer = """

        Works beside a process that writes to the store. Ends with 5 if anything is damaged, and names each place.

        With --public-key all events are compared with the seals of that key, too: found are events that were changed, taken
        out, put in or moved by somebody who made all checksums right again. With --root, a root that was saved elsewhere, a cut
        end and an older copy are found as well.

        With --proof nothing is read but the proof and the key: it works anywhere. Ends with 5 if nothing is proved.

        Of a store in a database the events are checked, not the database's files: positions without holes, revisions
        without gaps, ids that occur once, times that do not go backwards.

        Examples:
          letopis verify
          letopis verify --public-key audit.public.pem --root 2026-01-31.root
          letopis verify --proof event-17.proof --public-key audit.public.pem""")
final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--proof", paramLabel = "FILE", description = "Check this proof, made with prove, and no store.", order = 10)
    private @Nullable Path proof;

    @Option(names = "--public-key", paramLabel = "FILE", description = "The public key, in PEM form, of those who sealed.", order = 11)
    private @Nullable Path publicKey;

    @Option(names = "--root", paramLabel = "FILE", description = "A root that was saved elsewhere (see root): the store must begin with it.", order = 12)
    private @Nullable Path root;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = session.terminal();
        if (proof != null) {
            return new ProofCheck(terminal, output.json(terminal)).run(proof, neededKey());
        }
        if (root != null) {
            neededKey();
        }
        if (data.address() instanceof StoreAddress.Database) {
            return database(terminal);
        }
        Path directory = data.directory("verify", "");
        long started = System.nanoTime();
        Verification found = verifyOrSayWhyNot(terminal, directory);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (output.json(terminal)) {
            json(found);
        } else {
            say(terminal, found, took);
        }
        terminal.out().flush();
        if (found.isSound() && publicKey != null) {
            return new AuditCheck(terminal, output.json(terminal)).run(directory, publicKey,
                    Optional.ofNullable(root));
        }
        return found.isSound() ? ExitCode.DONE : ExitCode.DAMAGE;
    }

    /** The database answers for its bytes; what events must be to one another is checked here. */
    private int database(Terminal terminal) {
        if (publicKey != null) {
            data.directory("verify --public-key", StoreOption.SEAL_INSTEAD);
        }
        ContractCheck.Report report;
        try (OpenedStore opened = data.openReadOnly(session.terminal());
                Progress progress = new Progress(terminal, "verifying " + opened.address(), opened.store().head())) {
            report = new ContractCheck(opened.store(), fault -> {
                progress.clear();
                if (output.json(terminal)) {
                    new JsonLine().member("fault", fault).to(terminal.out());
                } else {
                    terminal.out().println(terminal.outStyle().bad("damaged") + "  " + Visible.of(fault));
                }
            }, position -> progress.at(position, () -> "position " + Figures.count(position)),
                    session.interruption()::isRequested).run();
        }
        if (!report.whole()) {
            return ExitCode.INTERRUPTED;
        }
        if (output.json(terminal)) {
            new JsonLine().member("sound", report.faults() == 0)
                    .member("faults", report.faults())
                    .member("events", report.events())
                    .member("streams", report.streams())
                    .member("head", report.head())
                    .to(terminal.out());
        } else {
            terminal.out()
                    .println((report.faults() == 0
                            ? terminal.outStyle().good("sound")
                            : terminal.outStyle().bad(Figures.count(report.faults(), "fault"))) + "  "
                            + Figures.count(report.events(), "event") + " in "
                            + Figures.count(report.streams(), "stream")
                            + (report.faults() > 0
                                    ? ""
                                    : ": positions, revisions, ids and times are as they must be; whether"
                                            + " bytes of an event were changed in the tables cannot be told"));
        }
        terminal.out().flush();
        return report.faults() == 0 ? ExitCode.DONE : ExitCode.DAMAGE;
    }

    private Path neededKey() {
        if (publicKey == null) {
            throw new Failure(ExitCode.USAGE, "proofs and roots are only worth the key that they are checked with",
                    "name the public key with --public-key");
        }
        return publicKey;
    }

    /** What cannot be verified often cannot be opened either, and the opening looks more closely at the reason. */
    private static Verification verifyOrSayWhyNot(Terminal terminal, Path directory) {
        try {
            return verify(terminal, directory);
        } catch (StoreUnusableException e) {
            EmbeddedEventStore.openReadOnly(directory).close();
            throw e;
        }
    }

    private static Verification verify(Terminal terminal, Path directory) {
        try (StepProgress progress = new StepProgress(terminal, "verifying " + directory, Figures::bytes)) {
            return EmbeddedEventStore.verify(directory, progress::at);
        }
    }

    private void json(Verification found) {
        for (Fault fault : found.faults()) {
            new JsonLine().member("fault", fault.what())
                    .member("file", fault.file())
                    .member("offset", fault.offset())
                    .to(session.terminal().out());
        }
        JsonLine line = new JsonLine().member("sound", found.isSound())
                .member("faults", found.faults().size())
                .member("events", found.events())
                .member("streams", found.streams())
                .member("blocks", found.blocks())
                .member("bytes", found.bytes());
        found.tornTail().ifPresent(tail -> line.member("unfinishedBytes", tail.bytes()));
        line.to(session.terminal().out());
    }

    private static void say(Terminal terminal, Verification found, Duration took) {
        for (Fault fault : found.faults()) {
            terminal.out().println(terminal.outStyle().bad("damaged") + "  " + Visible.of(fault.toString()));
        }
        found.tornTail()
                .ifPresent(tail -> terminal.out()
                        .println("unfinished  " + tail.file() + " at " + tail.offset() + ": "
                                + Figures.bytes(tail.bytes())
                                + " of a block that is being written now, or never was finished; this is no damage"));
        terminal.out()
                .println((found.isSound()
                        ? terminal.outStyle().good("sound")
                        : terminal.outStyle()
                                .bad(
                                        Figures.count(found.faults().size(), "fault")))
                        + "  " + Figures.count(found.events(), "event") + " in "
                        + Figures.count(found.streams(), "stream") + ", " + Figures.count(found.blocks(), "block")
                        + ", "
                        + Figures.bytes(found.bytes()) + " read in " + Figures.time(took));
    }
}
