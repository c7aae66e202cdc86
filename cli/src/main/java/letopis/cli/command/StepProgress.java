package letopis.cli.command;

import letopis.cli.terminal.Figures;
import letopis.cli.terminal.Progress;
import letopis.cli.terminal.Terminal;
import letopis.engine.VerifyProgress;
import org.jspecify.annotations.Nullable;

/** Shows the progress of what tells its total only when it reports for the first time. */
final class StepProgress implements VerifyProgress, AutoCloseable {
    private final Terminal terminal;
    private final String what;
    private @Nullable Progress progress;

    StepProgress(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    @Override
    public void checked(long done, long total) {
        Progress shown = progress;
        if (shown == null) {
            shown = new Progress(terminal, what, total);
            progress = shown;
        }
        shown.at(done, () -> Figures.bytes(done) + " of " + Figures.bytes(total));
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.clear();
        }
    }
}
