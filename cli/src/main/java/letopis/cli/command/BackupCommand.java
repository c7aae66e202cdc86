package letopis.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.StepProgress;
import letopis.cli.terminal.Terminal;
import letopis.engine.BackupReport;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.Fault;
import letopis.engine.StoreBackup;
import letopis.engine.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies the store, also while it is in use. */
@Command(name = "backup", description = "Copy the store into a directory, also while a process writes to it.", footer = """

        The next backup into the same directory copies only what has changed. A backup is a store:
        read it with --data, and make a new store of it with: letopis restore

        Example:
          letopis backup /backups/orders --verify""")
final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TARGET", description = "A directory that is empty or does not exist yet, or an earlier backup of this store.")
    private Path target = Path.of("");

    @Option(names = "--verify", description = "Read the whole backup afterwards, and check every byte of it.", order = 10)
    private boolean verify;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        Path directory = data.directory("backup",
                "make a backup of the database with %s, or copy the events with: letopis copy");
        BackupReport report;
        try (StepProgress progress = new StepProgress(terminal, "copying " + directory, Figures::bytes)) {
            report = StoreBackup.make(directory, target, progress::at);
        }
        boolean sound = !verify || isSound(terminal);
        if (output.json(terminal)) {
            new JsonLine().member("head", report.head())
                    .member("copiedSegments", report.copied())
                    .member("keptSegments", report.kept())
                    .member("copiedBytes", report.copiedBytes())
                    .member("sound", verify ? String.valueOf(sound) : "not verified")
                    .to(terminal.out());
        } else {
            terminal.out()
                    .println(terminal.outStyle().good("backed up") + "  up to position " + report.head() + "; "
                            + Figures.count(report.copied(), "segment") + " copied ("
                            + Figures.bytes(report.copiedBytes()) + "), " + report.kept() + " unchanged"
                            + (verify && sound ? "; verified" : ""));
        }
        terminal.out().flush();
        return sound ? ExitCode.DONE : ExitCode.DAMAGE;
    }

    private boolean isSound(Terminal terminal) {
        Verification found;
        try (StepProgress progress = new StepProgress(terminal, "verifying " + target, Figures::bytes)) {
            found = EmbeddedEventStore.verify(target, progress::at);
        }
        for (Fault fault : found.faults()) {
            terminal.say("damaged  " + fault);
        }
        return found.isSound();
    }
}
