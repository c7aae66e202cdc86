package letopis.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a command writes: data to the standard output, everything said to people to the standard error.
 *
 * <p>Java cannot tell whether one of the two is a terminal, so the start script says it in {@code LETOPIS_TTY}, a list of
 * {@code in}, {@code out} and {@code err}. Without the script the files behind them are looked at, where the system shows them.
 */
public final class Terminal {
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    private final Output out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final int width;
    private final Style outStyle;
    private final Style errStyle;

    /** How to decide on colours. */
    public enum Color {
        /** On a terminal, unless {@code NO_COLOR} is set. */
        AUTO,
        /** Even where it is not a terminal. */
        ALWAYS,
        /** Not at all. */
        NEVER
    }

    private Terminal(OutputStream out, OutputStream err, boolean outIsTerminal, boolean errIsTerminal, int width,
            Color color,
            boolean noColor) {
        this.out = new Output(out);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.width = Math.max(LEAST_WIDTH, width);
        this.outStyle = style(color, outIsTerminal && !noColor);
        this.errStyle = style(color, errIsTerminal && !noColor);
    }

    /** The terminal of this process, or the pipes and files that it was started with. */
    public static Terminal ofProcess(Map<String, String> environment, Color color) {
        boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
                isTerminal(environment, "out", 1), isTerminal(environment, "err", 2), width(environment), color,
                noColor);
    }

    /** Writes to these, neither of which is a terminal. */
    public static Terminal to(OutputStream out, OutputStream err) {
        return new Terminal(out, err, false, false, USUAL_WIDTH, Color.NEVER, true);
    }

    private static boolean isTerminal(Map<String, String> environment, String name, int descriptor) {
        String told = environment.get("LETOPIS_TTY");
        if (told != null) {
            return List.of(told.split(",")).contains(name);
        }
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static int width(Map<String, String> environment) {
        try {
            return Integer.parseInt(environment.getOrDefault("COLUMNS", String.valueOf(USUAL_WIDTH)));
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    private static Style style(Color color, boolean auto) {
        return switch (color) {
            case ALWAYS -> Style.COLORED;
            case NEVER -> Style.PLAIN;
            case AUTO -> auto ? Style.COLORED : Style.PLAIN;
        };
    }

    /** The standard output: data, and nothing else. */
    public Output out() {
        return out;
    }

    /** A line to the standard error. */
    public void say(String line) {
        err.println(line);
    }

    /** Text to the standard error, without an end of line. */
    public void sayPart(String text) {
        err.print(text);
        err.flush();
    }

    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    public boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** How many characters a line has. */
    public int width() {
        return width;
    }

    /** The style of the standard output. */
    public Style outStyle() {
        return outStyle;
    }

    /** The style of the standard error. */
    public Style errStyle() {
        return errStyle;
    }
}
