package letopis.store;

/**
 * The store can no longer write, or not read: a write or a force failed, or an invariant broke. Final for this opening: close
 * the store, look into the cause, and open it again. What was acknowledged is safe.
 */
public final class StoreFailedException extends StoreException {
    /** @param what what failed, in words */
    public StoreFailedException(String what, Throwable cause) {
        super(what
                + "; the store takes no more appends until it is closed and opened again. What was acknowledged is safe",
                cause);
    }
}
