package letopis.engine.index;

/**
 * How large the parts of an index become.
 *
 * @param maxPartEvents  how many events the newest part keeps in memory before it is frozen
 * @param maxPartBytes   about how many bytes it may take there
 * @param maxFrozenParts how many frozen parts may wait to be written as runs; beyond it the writer waits
 * @param fanOut         how many runs of a level are merged into one of the next
 * @param retryWindow    how many of the newest events are found by their ids; 0 for an index that nobody writes to
 * @param background     whether runs are written and merged by a thread of their own, or by the one that adds
 */
public record IndexOptions(int maxPartEvents, long maxPartBytes, int maxFrozenParts, int fanOut, long retryWindow,
        boolean background) {
    /** Parts of 65,536 events or 16 MiB, 4 of them waiting, 8 runs merged into one, the ids of the newest million events. */
    public static final IndexOptions DEFAULT = new IndexOptions(1 << 16, 16 << 20, 4, 8, 1_000_000, true);

    public IndexOptions withMaxPartEvents(int events) {
        return new IndexOptions(events, maxPartBytes, maxFrozenParts, fanOut, retryWindow, background);
    }

    public IndexOptions withRetryWindow(long events) {
        return new IndexOptions(maxPartEvents, maxPartBytes, maxFrozenParts, fanOut, events, background);
    }

    public IndexOptions withBackground(boolean own) {
        return new IndexOptions(maxPartEvents, maxPartBytes, maxFrozenParts, fanOut, retryWindow, own);
    }
}
