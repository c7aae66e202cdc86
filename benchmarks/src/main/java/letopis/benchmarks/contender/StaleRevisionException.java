package letopis.benchmarks.contender;

/** The stream is not at the revision that was expected; nothing was written. */
public final class StaleRevisionException extends Exception {
    private static final long serialVersionUID = 1;

    private final long actual;

    /** @param actual the revision the stream is at, -1 if it has no events */
    public StaleRevisionException(long actual) {
        super("the stream is at " + actual, null, false, false);
        this.actual = actual;
    }

    public long actual() {
        return actual;
    }
}
