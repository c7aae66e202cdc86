package letopis.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

import letopis.cli.command.LetopisCommand;
import letopis.cli.command.Session;
import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Interruption;
import letopis.cli.terminal.OutputClosedException;
import letopis.cli.terminal.Style;
import letopis.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess(System.getenv(), color(arguments));
        Interruption interruption = new Interruption();
        interruption.listen();
        int code = run(new Session(System.getenv().getOrDefault("LETOPIS_COMMAND", "letopis"), terminal, interruption,
                InstantSource.system()), arguments);
        interruption.finished();
        if (!interruption.isRequested()) {
            System.exit(code);
        }
    }

    static int run(Session session, String[] arguments) {
        Terminal terminal = session.terminal();
        Errors errors = new Errors(terminal);
        try {
            CommandLine line = LetopisCommand.commandLine(session)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setExpandAtFiles(false)
                    .setOut(new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8), false))
                    .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.outStyle() == Style.COLORED
                            ? Ansi.ON
                            : Ansi.OFF))
                    .setUsageHelpAutoWidth(false)
                    .setUsageHelpWidth(Math.clamp(terminal.width(), 80, 120))
                    .setParameterExceptionHandler(errors)
                    .setExecutionExceptionHandler(errors);
            int code = line.execute(arguments);
            line.getOut().flush();
            terminal.out().flush();
            return code;
        } catch (OutputClosedException e) {
            return ExitCode.DONE;
        } catch (RuntimeException e) {
            return errors.report(e);
        }
    }

    /** What {@code --color} says, looked up before anything can go wrong. */
    private static Terminal.Color color(String[] arguments) {
        List<String> given = List.of(arguments);
        int option = given.indexOf("--color");
        String when = option >= 0 && option + 1 < given.size()
                ? given.get(option + 1)
                : given.stream()
                        .filter(it -> it.startsWith("--color="))
                        .map(it -> it.substring(8))
                        .findFirst()
                        .orElse("auto");
        for (Terminal.Color color : Terminal.Color.values()) {
            if (color.name().equalsIgnoreCase(when)) {
                return color;
            }
        }
        return Terminal.Color.AUTO;
    }
}
