package letopis.store;

/** Something is larger than the store allows. Nothing was written. */
public final class LimitExceededException extends StoreException {
    private final String limit;
    private final long allowed;
    private final long actual;

    /**
     * @param limit   the name of the limit, as in {@link Limits}
     * @param what    what is too large, in words
     * @param allowed the most that is allowed
     * @param actual  what was given
     */
    public LimitExceededException(String limit, String what, long allowed, long actual) {
        super(what + " is " + actual + ", and the store allows " + allowed + " (" + limit + ")");
        this.limit = limit;
        this.allowed = allowed;
        this.actual = actual;
    }

    /** The name of the limit, as in {@link Limits}. */
    public String limit() {
        return limit;
    }

    public long allowed() {
        return allowed;
    }

    public long actual() {
        return actual;
    }
}
