package letopis.cli.terminal;

/** Nobody reads the standard output any more, as behind {@code | head -1}: the command ends quietly. */
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputClosedException(Throwable cause) {
        super("nobody reads the output", cause);
    }
}
