package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.EngineOptions;
import letopis.engine.NotSealedException;
import letopis.engine.TamperEvidence;
import letopis.proof.SealedRoot;
import letopis.proof.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Seals what is in a store. */
@Command(name = "seal", description = "Sign what is in the store now, so that changes of its files can be told later.", footer = """

        An application that opens its store with tamper evidence seals by itself; this is for all others. The first seal
        hashes all events, later ones those that came since.

        Example:
          letopis seal --key audit.private.pem""")
final class SealCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The private key in PEM form: see keygen.", order = 10)
    private Path key = Path.of("");

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SealCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = session.terminal();
        Path directory = data.directory("seal", StoreOption.SEAL_INSTEAD);
        SigningKey signing = TextFile.read(key, ExitCode.USAGE, SigningKey::ofPem);
        EngineOptions options = EngineOptions.DEFAULT.withCreateIfMissing(false)
                .withTamperEvidence(TamperEvidence.with(signing));
        StoreOpening.embedded(directory, options, terminal).close();
        try (EmbeddedEventStore store = StoreOpening.embeddedReadOnly(directory, terminal)) {
            SealedRoot root = store.proofs()
                    .sealedRoot()
                    .orElseThrow(() -> new NotSealedException("there is nothing to seal in " + directory, 0));
            if (output.json(terminal)) {
                json(root).to(terminal.out());
            } else {
                terminal.out()
                        .println(terminal.outStyle().good("sealed") + "  " + Figures.count(root.size(), "event")
                                + ", root " + root.root());
            }
            terminal.out().flush();
            return ExitCode.DONE;
        }
    }

    static JsonLine json(SealedRoot root) {
        return new JsonLine().member("store", root.store().toString())
                .member("size", root.size())
                .member("root", root.root().toString())
                .member("sealed", root.time().toString())
                .member("key", root.key().toString());
    }
}
