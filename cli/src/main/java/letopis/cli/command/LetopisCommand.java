package letopis.cli.command;

import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(name = "letopis", synopsisSubcommandLabel = "COMMAND", description = "Keeps what happened: an event store in a directory or a database.", commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:done", "1:failed", "2:the command line is wrong", "3:the condition of an append does not hold",
        "4:no such store, stream, type or file", "5:damage found", "6:another process writes to the store",
        "7:no permission",
        "130:interrupted"}, footer = """

                Data goes to the standard output, everything else to the standard error.
                Tables on a terminal; JSON lines where the output is piped, or with --json.

                Begin with:
                  letopis demo""")
public final class LetopisCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    VersionOption version = new VersionOption();

    @Mixin
    ColorOption color = new ColorOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** The command line with all subcommands. */
    public static CommandLine commandLine(Session session) {
        CommandLine line = new CommandLine(new LetopisCommand());
        List.of(new DemoCommand(session), new AppendCommand(session), new ReadCommand(session),
                new TailCommand(session), new StreamsCommand(session), new TypesCommand(session),
                new ImportCommand(session), new ExportCommand(session), new CopyCommand(session),
                new StatsCommand(session),
                new VerifyCommand(session), new BackupCommand(session), new RestoreCommand(session),
                new RepairCommand(session), new ScavengeCommand(session), new KeygenCommand(session),
                new SealCommand(session), new RootCommand(session), new ProveCommand(session),
                new DoctorCommand(session),
                new SchemaCommand(session), new CompletionCommand(session),
                new CommandLine.HelpCommand())
                .forEach(line::addSubcommand);
        layOut(line);
        line.getSubcommands().values().forEach(LetopisCommand::layOut);
        return line;
    }

    /** Options in the order of their use, with air around them. */
    private static void layOut(CommandLine line) {
        boolean parameters = !line.getCommandSpec().positionalParameters().isEmpty();
        line.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .parameterListHeading(parameters ? "%n" : "")
                .optionListHeading(parameters ? "" : "%n");
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
