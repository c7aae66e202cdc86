package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.demo.Demo;
import letopis.cli.demo.DemoStore;
import letopis.cli.failure.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what it is about. */
@Command(name = "demo", description = "Tell the story of two orders, step by step, on a durable store.%n", footer = {"",
        "Works in the store's directory if that is missing, empty or the demo's own; where there is another store in ./data,",
        "in ./letopis-demo. Each run adds two orders.", "", "Example:", "  letopis demo"})
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        boolean wanted = spec.commandLine().getParseResult().hasMatchedOption("--data");
        Path directory = DemoStore.choose(data.directory(), wanted);
        String argument = directory.equals(Path.of(StoreOption.DEFAULT)) ? "" : " --data " + directory;
        new Demo(directory, argument, session.terminal(), session.clock()).tell();
        return ExitCode.DONE;
    }
}
