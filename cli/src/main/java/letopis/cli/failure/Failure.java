package letopis.cli.failure;

/** A command cannot go on: what is wrong and where, what to do about it, and the exit code. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String remedy;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param what     what is wrong, and where
     * @param remedy   what to do about it; empty where there is nothing to say
     */
    public Failure(int exitCode, String what, String remedy) {
        super(what);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    /** The same, with what caused it. */
    public Failure(int exitCode, String what, String remedy, Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What is wrong, and where. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What to do about it; empty where there is nothing to say. */
    public String remedy() {
        return remedy;
    }
}
