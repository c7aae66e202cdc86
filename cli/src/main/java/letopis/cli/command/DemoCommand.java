package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.demo.Demo;
import letopis.cli.demo.DemoStore;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what it is about. */
@Command(name = "demo", description = "Tell the story of two orders, step by step, on a durable store.", footer = """

        It works in a directory of its own, and never in a store that holds anything else. Each run adds two orders.

        Example:
          letopis demo""")
final class DemoCommand implements Callable<Integer> {
    private static final String DEFAULT = "./letopis-demo";

    private final Session session;

    @Option(names = {"-d",
            "--data"}, paramLabel = "DIR", defaultValue = DEFAULT, description = "The demo's directory; ${DEFAULT-VALUE} if it is not given.", order = 90)
    private Path directory = Path.of(DEFAULT);

    @Option(names = "--store", paramLabel = "URL", hidden = true)
    private @Nullable String store;

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (store != null) {
            throw new Failure(ExitCode.USAGE, "the demo makes a store of its own, in a directory",
                    "leave --store out; to try a store in a database, append to it: letopis append --store URL STREAM TYPE");
        }
        DemoStore.mustBeFree(directory);
        new Demo(directory, session.commandName(), session.terminal(), session.clock()).tell();
        return ExitCode.DONE;
    }
}
