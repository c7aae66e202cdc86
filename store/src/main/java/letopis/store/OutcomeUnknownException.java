package letopis.store;

/**
 * The wait for the answer to an append ended before there was one: the append may be written, now or in a moment, or may
 * never be. Sending it again with the same event ids settles it.
 */
public final class OutcomeUnknownException extends StoreException {
    /** @param why what ended the wait */
    public OutcomeUnknownException(String why, Throwable cause) {
        super("whether the append was written is unknown: " + why
                + "; send it again with the same event ids, and it is written once", cause);
    }
}
