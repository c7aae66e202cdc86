package letopis.cli.copying;

/** A copy that cannot be made as it was asked for: the message says why, and which event or stream it is about. */
public final class CopyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What stands in the way. */
    public enum Reason {
        /** The source has forgotten events, and positions or revisions would come out different. */
        FORGOTTEN,
        /** What the target holds is not the beginning of the source. */
        NOT_A_PREFIX,
        /** Somebody else appends to the target. */
        OTHER_WRITER,
        /** An event of the target differs from the source's. */
        DIFFERENT
    }

    private final Reason reason;

    CopyRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
