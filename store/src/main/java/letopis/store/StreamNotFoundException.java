package letopis.store;

/** There is no such stream. */
public final class StreamNotFoundException extends StoreException {
    private final String stream;

    public StreamNotFoundException(String stream) {
        super("there is no stream " + stream);
        this.stream = stream;
    }

    public String stream() {
        return stream;
    }
}
