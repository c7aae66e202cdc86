package letopis.store;

/** Too many appends are waiting. Nothing was written; try again in a moment. */
public final class StoreBusyException extends StoreException {
    private final int waiting;

    /** @param waiting how many appends are waiting */
    public StoreBusyException(int waiting) {
        super(waiting + " appends are waiting to be written, and the store takes no more; try again in a moment");
        this.waiting = waiting;
    }

    public int waiting() {
        return waiting;
    }
}
