package letopis.cli.command;

import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that lets a shell complete commands and options. */
@Command(name = "completion", description = "Print the script that lets a shell complete commands and options.", footer = """

        Examples:
          source <(letopis completion bash)        # now; put it into ~/.bashrc for always
          source <(letopis completion zsh)         # in ~/.zshrc, after compinit""")
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", defaultValue = "bash", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Which shell. */
    enum Shell {
        BASH, ZSH
    }

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (shell == Shell.ZSH) {
            session.terminal().out().println("autoload -U +X bashcompinit && bashcompinit");
        }
        session.terminal().out().println(AutoComplete.bash("letopis", spec.root().commandLine()));
        session.terminal().out().flush();
        return ExitCode.DONE;
    }
}
