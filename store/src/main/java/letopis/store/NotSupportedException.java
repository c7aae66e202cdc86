package letopis.store;

/** The store lacks what was asked of it. Nothing was written. */
public final class NotSupportedException extends StoreException {
    private final Capability capability;

    /**
     * @param store      which store, in words
     * @param capability what it lacks
     */
    public NotSupportedException(String store, Capability capability) {
        super(store + " does not support " + capability);
        this.capability = capability;
    }

    public Capability capability() {
        return capability;
    }
}
