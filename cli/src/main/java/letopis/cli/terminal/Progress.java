package letopis.cli.terminal;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Shows how far a long command has come: a bar on a terminal, else a line every ten seconds. Writes to the standard error, and
 * nothing at all where the command is quick. For one thread.
 */
public final class Progress implements AutoCloseable {
    private static final long BAR_NANOS = 100_000_000;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int BAR_WIDTH = 20;
    /** Before this part of the work is done its speed says little about the rest. */
    private static final double ENOUGH_TO_GUESS = 0.02;

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final long started = System.nanoTime();
    private long next;
    private boolean shown;

    /**
     * @param what  what is being done, in words
     * @param total how much there is to do, or 0 where that is unknown
     */
    public Progress(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.next = started + (terminal.errIsTerminal() ? BAR_NANOS : LINE_NANOS);
    }

    /**
     * Tells how far it is; cheap enough to be told often.
     *
     * @param done   how much of the total is done
     * @param detail what else to show
     */
    public void at(long done, Supplier<String> detail) {
        long now = System.nanoTime();
        if (now < next) {
            return;
        }
        next = now + (terminal.errIsTerminal() ? BAR_NANOS : LINE_NANOS);
        String text = Visible.atMost(what, terminal.width() / 3) + "  " + (total > 0 ? share(done) + "  " : "")
                + detail.get() + left(done, now - started);
        if (terminal.errIsTerminal()) {
            terminal.sayPart("\r" + Visible.atMost(text, terminal.width() - 1) + "\u001b[K");
            shown = true;
        } else {
            terminal.say(text);
        }
    }

    private String share(long done) {
        double part = Math.min(1, (double) done / total);
        String percent = Math.round(Math.floor(part * 100)) + " %";
        if (!terminal.errIsTerminal()) {
            return percent;
        }
        int full = (int) (part * BAR_WIDTH);
        return "[" + "=".repeat(full) + (full < BAR_WIDTH ? ">" : "") + " ".repeat(Math.max(0, BAR_WIDTH - full - 1))
                + "] " + percent;
    }

    private String left(long done, long elapsedNanos) {
        if (total <= 0 || done < total * ENOUGH_TO_GUESS || done >= total) {
            return "";
        }
        long nanos = (long) ((double) elapsedNanos / done * (total - done));
        return "  " + Figures.time(Duration.ofSeconds(Math.max(1, nanos / 1_000_000_000))).replace(".0 s", " s")
                + " left";
    }

    /** Takes the bar away, so that what follows stands on a line of its own. */
    public void clear() {
        if (shown) {
            terminal.sayPart("\r\u001b[K");
            shown = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
