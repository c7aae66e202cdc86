package letopis.store;

/** What the name of a stream tells. */
public final class StreamName {
    private StreamName() {}

    /** The text before the first {@code -}, or the whole name where there is none: {@code order} of {@code order-17}. */
    public static String categoryOf(String stream) {
        int dash = stream.indexOf('-');
        return dash < 0 ? stream : stream.substring(0, dash);
    }

    /** The text after the first {@code -}, or nothing where there is none: {@code 17} of {@code order-17}. */
    public static String idOf(String stream) {
        int dash = stream.indexOf('-');
        return dash < 0 ? "" : stream.substring(dash + 1);
    }
}
