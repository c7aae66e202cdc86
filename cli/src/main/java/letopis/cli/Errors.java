package letopis.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import letopis.cli.command.StoreOption;
import letopis.cli.failure.Diagnosis;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.failure.Suggestion;
import letopis.cli.terminal.OutputClosedException;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, where, and what to do about it; the exit code follows from it. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Pattern LETOPIS = Pattern.compile("\\bletopis (\\w+)");

    private final Terminal terminal;

    Errors(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String suggestion = wrong instanceof UnmatchedArgumentException unmatched ? suggestion(unmatched, command) : "";
        String help = "see: " + command.getCommandSpec().qualifiedName() + " --help";
        String what = wrong instanceof UnmatchedArgumentException unmatched && !command.getSubcommands().isEmpty()
                && !unmatched.getUnmatched().getFirst().startsWith("-")
                        ? "there is no command " + unmatched.getUnmatched().getFirst()
                        : String.valueOf(wrong.getMessage());
        return report(new Failure(ExitCode.USAGE, what,
                suggestion.isEmpty() ? help : suggestion + " " + help));
    }

    private static String suggestion(UnmatchedArgumentException unmatched, CommandLine command) {
        List<String> names = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().optionsMap().keySet().forEach(names::add);
        return unmatched.getUnmatched()
                .stream()
                .map(it -> Suggestion.didYouMean(it.split("=", 2)[0], names))
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof OutputClosedException) {
            return ExitCode.DONE;
        }
        return report(thrown, remedy -> inContext(remedy, command));
    }

    /** A command that is named as a remedy, as it must be typed here: by the name this was called by, and on the same store. */
    private static String inContext(String remedy, CommandLine failed) {
        String store = failed.getCommandSpec()
                .mixins()
                .values()
                .stream()
                .map(CommandSpec::userObject)
                .filter(StoreOption.class::isInstance)
                .map(it -> argument((StoreOption) it))
                .findFirst()
                .orElse("");
        return LETOPIS.matcher(remedy)
                .replaceAll(it -> Matcher.quoteReplacement(failed.getCommandSpec().root().name() + " " + it.group(1)
                        + (it.group(1).equals("copy") ? "" : store)));
    }

    private static String argument(StoreOption option) {
        try {
            return option.argument();
        } catch (Failure e) {
            // the store itself is named wrongly
            return "";
        }
    }

    int report(Throwable thrown) {
        return report(thrown, remedy -> remedy);
    }

    private int report(Throwable thrown, UnaryOperator<String> inContext) {
        Optional<Failure> known = Diagnosis.of(thrown);
        if (known.isEmpty()) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            terminal.say(terminal.errStyle().bad("letopis:")
                    + " this is a fault of Letopis itself; please report it with what follows");
            terminal.say(trace.toString());
            return ExitCode.FAILED;
        }
        Failure failure = known.get();
        terminal.say(terminal.errStyle().bad("letopis:") + " " + Visible.of(failure.what()));
        if (!failure.remedy().isEmpty()) {
            terminal.say(terminal.errStyle().faint("  -> ") + Visible.of(inContext.apply(failure.remedy())));
        }
        return failure.exitCode();
    }
}
