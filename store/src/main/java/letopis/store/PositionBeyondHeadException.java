package letopis.store;

/** A checkpoint lies beyond the newest event: it is not of this store, or the store was restored to an earlier state. */
public final class PositionBeyondHeadException extends StoreException {
    private final long position;
    private final long head;

    public PositionBeyondHeadException(long position, long head) {
        super("position " + position + " lies beyond the store's head " + head
                + ": the checkpoint is of another store, or the store was restored to an earlier state");
        this.position = position;
        this.head = head;
    }

    public long position() {
        return position;
    }

    public long head() {
        return head;
    }
}
