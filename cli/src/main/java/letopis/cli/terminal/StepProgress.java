package letopis.cli.terminal;

import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/** Shows the progress of what tells its total only when it reports for the first time. */
public final class StepProgress implements AutoCloseable {
    private final Terminal terminal;
    private final String what;
    private final LongFunction<String> words;
    private @Nullable Progress progress;

    /**
     * @param what  what is being done, in words
     * @param words tells how much a number is
     */
    public StepProgress(Terminal terminal, String what, LongFunction<String> words) {
        this.terminal = terminal;
        this.what = what;
        this.words = words;
    }

    /** Tells how far it is. */
    public void at(long done, long total) {
        Progress shown = progress;
        if (shown == null) {
            shown = new Progress(terminal, what, total);
            progress = shown;
        }
        shown.at(done, () -> words.apply(done) + " of " + words.apply(total));
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.clear();
        }
    }
}
