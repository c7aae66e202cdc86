package letopis.store;

/** There is no room left. Nothing was written; reads go on, and appends succeed again once there is room. */
public final class StoreFullException extends StoreException {
    private final String store;

    /** @param store which store, in words; a directory for example */
    public StoreFullException(String store, Throwable cause) {
        super("no room left for " + store + "; reads go on, and appends succeed again once there is room", cause);
        this.store = store;
    }

    public String store() {
        return store;
    }
}
