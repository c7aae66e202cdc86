package letopis.engine;

/** Is told how far scavenging is; called in the thread that scavenges. */
@FunctionalInterface
public interface ScavengeProgress {
    /** Tells nobody. */
    ScavengeProgress NONE = (_, _, _, _) -> {};

    /**
     * A segment was looked at, and written anew if there was something to erase.
     *
     * @param segments       how many segments are done
     * @param totalSegments  how many there are
     * @param events         how many events were erased so far
     * @param reclaimedBytes how much smaller their files are
     */
    void scavenged(int segments, int totalSegments, long events, long reclaimedBytes);
}
