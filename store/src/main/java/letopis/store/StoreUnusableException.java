package letopis.store;

/** A store cannot be opened, or created. Nothing was changed. */
public final class StoreUnusableException extends StoreException {
    private final Reason reason;
    private final String store;

    /** Why a store cannot be opened. */
    public enum Reason {
        /** There is no store at this place, and none was to be created. */
        NOT_FOUND,
        /** There is something else at this place. */
        NOT_A_STORE,
        /** Another process, or another opening in this one, writes to it. */
        IN_USE,
        /** The process may not read or write it. */
        NO_PERMISSION,
        /** It was written by a newer Letopis. */
        NEWER_FORMAT,
        /** There is no room to create what is needed. */
        NO_ROOM,
        /** The system could not read or write it. */
        FAILED
    }

    /**
     * @param store   which store, in words; a directory for example
     * @param details what was found and what to do, in words
     */
    public StoreUnusableException(Reason reason, String store, String details) {
        super(store + ": " + details);
        this.reason = reason;
        this.store = store;
    }

    /** The same, with what caused it. */
    public StoreUnusableException(Reason reason, String store, String details, Throwable cause) {
        super(store + ": " + details, cause);
        this.reason = reason;
        this.store = store;
    }

    public Reason reason() {
        return reason;
    }

    public String store() {
        return store;
    }
}
