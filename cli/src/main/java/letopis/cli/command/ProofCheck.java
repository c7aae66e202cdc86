package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.line.LineWriter;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import letopis.engine.ProvenEvent;
import letopis.proof.ConsistencyProof;
import letopis.proof.InclusionProof;
import letopis.proof.InvalidProofException;
import letopis.proof.Proof;
import letopis.proof.SealedRoot;
import letopis.proof.VerifyingKey;
import letopis.store.RecordedEvent;

/** Checks a proof in a file, with no store at hand, and says what it proves. */
final class ProofCheck {
    private final Terminal terminal;
    private final boolean json;

    ProofCheck(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int run(Path file, Path keyFile) throws IOException {
        VerifyingKey key = TextFile.read(keyFile, ExitCode.USAGE, VerifyingKey::ofPem);
        Proof proof = TextFile.read(file, ExitCode.DAMAGE, Proof::parse);
        Optional<RecordedEvent> event = Optional.empty();
        try {
            proof.check(List.of(key));
            if (proof instanceof InclusionProof it && it.event().isPresent()) {
                event = Optional.of(ProvenEvent.of(it));
            }
        } catch (InvalidProofException e) {
            throw new Failure(ExitCode.DAMAGE, file + " proves nothing: " + e.getMessage(), "", e);
        }
        if (json) {
            json(proof, event);
        } else {
            say(proof, event);
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private void json(Proof proof, Optional<RecordedEvent> event) {
        JsonLine line = new JsonLine().member("proved", true);
        switch (proof) {
            case InclusionProof it -> line.member("position", it.position()).member("erased", it.event().isEmpty());
            case ConsistencyProof it -> line.member("oldSize", it.old().size());
        }
        SealedRoot root = proof.root();
        line.member("store", root.store().toString())
                .member("size", root.size())
                .member("sealed", root.time().toString())
                .member("root", root.root().toString())
                .member("key", root.key().toString())
                .to(terminal.out());
        event.ifPresent(it -> LineWriter.shown(it).to(terminal.out()));
    }

    private void say(Proof proof, Optional<RecordedEvent> event) {
        SealedRoot root = proof.root();
        String what = switch (proof) {
            case InclusionProof it when it.event().isPresent() -> "this event is at position " + it.position();
            case InclusionProof it -> "an event with the digest " + it.leaf() + ", erased since, was at position "
                    + it.position();
            case ConsistencyProof it -> "since " + it.old().time() + ", when there were " + it.old().size()
                    + " events, events were only added behind them";
        };
        terminal.out().println(terminal.outStyle().good("proved") + "  " + what);
        terminal.out()
                .println("of      store " + root.store() + " with " + root.size() + " events, sealed " + root.time());
        terminal.out().println("by      key " + root.key());
        event.ifPresent(it -> terminal.out()
                .println(Visible.of(it.stream() + " revision " + it.revision() + ", " + it.time() + "  " + it.type()
                        + "  " + it.data())));
    }
}
