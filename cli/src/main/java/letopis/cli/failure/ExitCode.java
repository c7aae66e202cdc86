package letopis.cli.failure;

/** What the process ends with, the same for every command. */
public final class ExitCode {
    /** What was asked for is done. */
    public static final int DONE = 0;
    /** It could not be done. */
    public static final int FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** The condition of an append does not hold. */
    public static final int CONDITION = 3;
    /** There is no such store, stream, type or file. */
    public static final int NOT_FOUND = 4;
    /** What is stored is not what was written. */
    public static final int DAMAGE = 5;
    /** Another process writes to the store. */
    public static final int IN_USE = 6;
    /** The process may not read or write it. */
    public static final int NO_PERMISSION = 7;
    /** It was interrupted: what a shell reports for Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
