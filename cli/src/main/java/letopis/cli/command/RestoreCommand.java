package letopis.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.StepProgress;
import letopis.cli.terminal.Terminal;
import letopis.engine.BackupReport;
import letopis.engine.StoreBackup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a store of a backup. */
@Command(name = "restore", description = "Make a store of a backup, as a whole or up to a position.", footer = """

        Positions, revisions, ids and times stay what they were. Consumers whose checkpoints lie beyond
        the restored head are refused until they are set back.

        Example:
          letopis restore /backups/orders --data ./restored --to 120000""")
final class RestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "BACKUP", description = "The directory of a backup, or of any store.")
    private Path backup = Path.of("");

    @Option(names = "--to", paramLabel = "POSITION", description = "The last position to restore; appends that go beyond it are left out as a whole.", order = 10)
    private @Nullable Long upTo;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        Path directory = data.directory("restore",
                "restore what %s wrote with the database's own tools, or restore into a directory and move the events with: letopis copy");
        if (!Files.isDirectory(backup)) {
            throw new Failure(ExitCode.NOT_FOUND, "there is no backup " + backup, "");
        }
        BackupReport report;
        try (StepProgress progress = new StepProgress(terminal, "restoring " + backup, Figures::bytes)) {
            report = StoreBackup.restore(backup, directory,
                    upTo == null ? OptionalLong.empty() : OptionalLong.of(upTo), progress::at);
        }
        if (output.json(terminal)) {
            new JsonLine().member("head", report.head()).to(terminal.out());
        } else {
            terminal.out()
                    .println(terminal.outStyle().good("restored") + "  " + directory + " up to position "
                            + report.head());
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
