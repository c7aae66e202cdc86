package letopis.engine;

/** Nothing can be proved of a position yet, or of the store at all: it is not sealed. */
public final class NotSealedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long sealed;

    public NotSealedException(String what, long sealed) {
        super(what);
        this.sealed = sealed;
    }

    /** Up to which position the store is sealed; 0 if it is not. */
    public long sealed() {
        return sealed;
    }
}
