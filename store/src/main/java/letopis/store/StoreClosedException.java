package letopis.store;

/** The store, the reading or the subscription was closed. */
public final class StoreClosedException extends StoreException {
    /** @param what what was closed, in words */
    public StoreClosedException(String what) {
        super(what + " is closed");
    }
}
