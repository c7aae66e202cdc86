package letopis.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import letopis.cli.command.LetopisCommand;
import letopis.cli.command.Session;
import letopis.cli.terminal.Interruption;
import letopis.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What the command line says of itself, and of those who mistype it. */
class CommandLineTest {
    @TempDir
    Path directory;

    @Test
    void versionIsDataAndNothingElseIsSaid() throws Exception {
        Cli.Result result = Cli.run("--version");

        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("letopis \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void everyCommandExplainsItselfWithAnExample() throws Exception {
        Cli.Result overview = Cli.run("--help");
        assertThat(overview.code()).isZero();
        assertThat(overview.err()).isEmpty();
        Session session = new Session("letopis", Terminal.ofProcess(Map.of(), Terminal.Color.NEVER), new Interruption(),
                InstantSource.system());
        Map<String, CommandLine> commands = new TreeMap<>(LetopisCommand.commandLine(session).getSubcommands());
        assertThat(commands.keySet()).containsExactlyInAnyOrder("demo", "append", "read", "tail", "streams", "types",
                "import", "export", "copy", "schema",
                "stats", "verify", "backup", "restore", "repair", "scavenge", "keygen", "seal", "root", "prove",
                "doctor", "completion", "help");
        assertThat(commands.remove("help")).isNotNull();
        commands.forEach((name, command) -> {
            assertThat(overview.out()).contains("  " + name + " ");
            assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).contains("Usage: letopis " + name)
                    .containsPattern("Examples?:\n  .*letopis " + name);
        });
        assertThat(Cli.run("import", "--help").out()).contains("Usage: letopis import").contains("--rejects");
    }

    @Test
    void noCommandShowsWhatThereIs() throws Exception {
        Cli.Result result = Cli.run();

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Begin with:\n  letopis demo");
    }

    @Test
    void unknownCommandIsWrongUsageWithASuggestion() throws Exception {
        Cli.Result result = Cli.run("imprt", "file");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("there is no command imprt")
                .contains("did you mean import?")
                .contains("letopis --help");
    }

    @Test
    void unknownOptionIsWrongUsageWithASuggestion() throws Exception {
        Cli.Result result = Cli.run("read", "--categroy", "order");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("--categroy")
                .contains("did you mean --category?")
                .contains("letopis read --help");
    }

    @Test
    void missingArgumentIsWrongUsage() throws Exception {
        Cli.Result result = Cli.run("import");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("FILE").contains("letopis import --help");
    }

    @Test
    void storeThatIsNotThereIsNotFoundAndNotMade() throws Exception {
        for (String command : new String[]{"streams", "types", "stats", "verify", "tail", "export", "doctor"}) {
            Cli.Result result = Cli.run(directory, command, "--data", "nowhere");

            assertThat(result.code()).as(command).isEqualTo(4);
            assertThat(result.out() + result.err()).as(command).contains("nowhere").contains("--data");
            assertThat(directory.resolve("nowhere")).doesNotExist();
        }
    }

    @Test
    void completionScriptKnowsCommandsAndOptions() throws Exception {
        Cli.Result result = Cli.run("completion", "bash");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("complete -F _complete_letopis").contains("--as-of").contains("doctor");
        Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.getOutputStream()) {
            in.write(result.out().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void coloursComeWhenAskedForAndNotOtherwise() throws Exception {
        assertThat(Cli.run("raed", "--color", "always").err()).contains("\u001b[31m");
        assertThat(Cli.run("raed").err()).doesNotContain("\u001b");
        assertThat(Cli.run("--help", "--color=always").out()).contains("\u001b[");
    }
}
