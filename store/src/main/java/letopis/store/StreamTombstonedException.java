package letopis.store;

/** The stream was ended for ever, and takes no more events. Nothing was written. */
public final class StreamTombstonedException extends StoreException {
    private final String stream;

    public StreamTombstonedException(String stream) {
        super("stream " + stream + " was tombstoned and can never be begun again; use another name");
        this.stream = stream;
    }

    public String stream() {
        return stream;
    }
}
