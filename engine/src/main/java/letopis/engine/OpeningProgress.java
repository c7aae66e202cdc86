package letopis.engine;

/** Hears how far an opening is that makes the index anew from the journal. Called by the thread that opens the store. */
@FunctionalInterface
public interface OpeningProgress {
    /** For those who do not want to know. */
    OpeningProgress NONE = (_, _) -> {};

    /**
     * Called a few times a second at most, and never where the opening is done at once.
     *
     * @param events      how many events are in the index
     * @param totalEvents how many there are
     */
    void indexed(long events, long totalEvents);
}
