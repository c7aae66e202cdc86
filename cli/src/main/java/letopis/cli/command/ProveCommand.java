package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.proof.Proof;
import letopis.proof.SealedRoot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a proof that is checked without the store. */
@Command(name = "prove", description = "Make a proof: that an event is at its position, or that nothing was changed since a root was saved.", footer = """

        A proof is a text of JSON that is checked with the public key and without the store: letopis verify --proof. It holds
        the event it is about, and nothing of any other.

        Examples:
          letopis prove 17 --out event-17.proof
          letopis prove --consistency 2026-01-31.root --out since-january.proof""")
final class ProveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "POSITION", description = "The position of the event.")
    private @Nullable Long position;

    @Option(names = "--consistency", paramLabel = "FILE", description = "Prove instead that the history of this saved root is the beginning of what is sealed now.", order = 10)
    private @Nullable Path consistency;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it into this new file; else to the standard output.", order = 11)
    private @Nullable Path out;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    ProveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = session.terminal();
        if ((position == null) == (consistency == null)) {
            throw new Failure(ExitCode.USAGE, "name a position, or a root with --consistency",
                    "see: letopis prove --help");
        }
        if (position != null && position < 1) {
            throw new Failure(ExitCode.USAGE, "positions begin at 1, not " + position, "");
        }
        Path directory = data.directory("prove", StoreOption.SEAL_INSTEAD);
        try (EmbeddedEventStore store = StoreOpening.embeddedReadOnly(directory, terminal)) {
            Proof proof = position != null
                    ? store.proofs().proveInclusion(position)
                    : store.proofs().proveConsistency(oldRoot());
            if (out != null) {
                TextFile.write(out, proof.text());
                terminal.say("wrote the proof into " + out + ", of " + proof.root().size() + " events sealed "
                        + proof.root().time());
            } else {
                terminal.out().print(proof.text());
            }
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private SealedRoot oldRoot() throws IOException {
        return consistency == null ? missing() : TextFile.read(consistency, ExitCode.USAGE, SealedRoot::parse);
    }

    private static SealedRoot missing() {
        throw new AssertionError("no root, and asked for it");
    }
}
