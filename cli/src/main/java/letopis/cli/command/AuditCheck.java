package letopis.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import letopis.engine.AuditReport;
import letopis.engine.EmbeddedEventStore;
import letopis.proof.SealedRoot;
import letopis.proof.VerifyingKey;
import org.jspecify.annotations.Nullable;

/** Compares a store with its seals, and with a root that was kept elsewhere. */
final class AuditCheck {
    private final Terminal terminal;
    private final boolean json;

    AuditCheck(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int run(Path directory, Path keyFile, Optional<Path> rootFile) throws IOException {
        VerifyingKey key = TextFile.read(keyFile, ExitCode.USAGE, VerifyingKey::ofPem);
        List<SealedRoot> saved = rootFile.isPresent()
                ? List.of(TextFile.read(rootFile.get(), ExitCode.USAGE, SealedRoot::parse))
                : List.of();
        AuditReport report = audit(directory, key, saved);
        if (json) {
            json(report);
        } else {
            say(report, saved);
        }
        terminal.out().flush();
        return report.isSound() ? ExitCode.DONE : ExitCode.DAMAGE;
    }

    private AuditReport audit(Path directory, VerifyingKey key, List<SealedRoot> saved) {
        @Nullable
        Progress[] progress = new Progress[1];
        AuditReport report = EmbeddedEventStore.audit(directory, List.of(key), saved, (bytes, total) -> {
            Progress shown = progress[0];
            if (shown == null) {
                shown = new Progress(terminal, "hashing " + directory, total);
                progress[0] = shown;
            }
            shown.at(bytes, () -> Figures.bytes(bytes) + " of " + Figures.bytes(total));
        });
        Progress shown = progress[0];
        if (shown != null) {
            shown.clear();
        }
        return report;
    }

    private void json(AuditReport report) {
        for (AuditReport.Tampered one : report.tampered()) {
            new JsonLine().member("tampered", one.what())
                    .member("firstPosition", one.firstPosition())
                    .member("lastPosition", one.lastPosition())
                    .to(terminal.out());
        }
        JsonLine line = new JsonLine().member("asSealed", report.isSound())
                .member("events", report.events())
                .member("erased", report.erased())
                .member("seals", report.seals())
                .member("sealedEvents", report.sealedRoot().map(SealedRoot::size).orElse(0L));
        line.to(terminal.out());
    }

    private void say(AuditReport report, List<SealedRoot> saved) {
        for (AuditReport.Tampered one : report.tampered()) {
            terminal.out().println(terminal.outStyle().bad("tampered") + "  " + Visible.of(one.toString()));
        }
        if (report.isSound()) {
            terminal.out()
                    .println(terminal.outStyle().good("as sealed") + "  "
                            + Figures.count(report.sealedRoot().map(SealedRoot::size).orElse(0L), "event") + " under "
                            + Figures.count(report.seals(), "seal") + " of this key, "
                            + Figures.count(report.erased()) + " of them erased; "
                            + (saved.isEmpty()
                                    ? "whether the end was cut off is told by a saved root: --root"
                                    : "nothing is missing since the root was saved"));
        }
    }
}
