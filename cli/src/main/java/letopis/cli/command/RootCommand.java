package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.NotSealedException;
import letopis.proof.SealedRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives the newest sealed root. */
@Command(name = "root", description = "Print the newest sealed root, or save it: seven lines that stand for the whole history.", footer = """

        Keep it where nobody who can write the store's files can change it: verify --root then finds a cut end and an older
        copy, too. It says nothing of what is in the events, and may be published.

        Examples:
          letopis root
          letopis root --save 2026-01-31.root""")
final class RootCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--save", paramLabel = "FILE", description = "Write it into this new file.", order = 10)
    private @Nullable Path save;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RootCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = session.terminal();
        Path directory = data.directory("root", StoreOption.SEAL_INSTEAD);
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            SealedRoot root = store.proofs()
                    .sealedRoot()
                    .orElseThrow(() -> new NotSealedException("nothing in " + directory + " is sealed", 0));
            if (save != null) {
                TextFile.write(save, root.text());
                terminal.say("wrote the root over " + root.size() + " events into " + save);
            } else if (output.jsonWanted()) {
                SealCommand.json(root).to(terminal.out());
            } else {
                terminal.out().print(root.text());
            }
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
