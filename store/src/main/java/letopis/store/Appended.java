package letopis.store;

import java.util.Map;

/**
 * The answer to an append. An append that is sent again gets the same answer.
 *
 * @param firstPosition the position of the append's first event
 * @param position      the position of its last event; whoever waits for this position has seen the append
 * @param revisions     for each stream, the revision of the last event that this append wrote there
 */
public record Appended(long firstPosition, long position, Map<String, Long> revisions) {
    public Appended {
        revisions = Map.copyOf(revisions);
    }

    /**
     * The revision of the last event that the append wrote to this stream.
     *
     * @throws IllegalArgumentException if the append had none for it
     */
    public long revision(String stream) {
        Long revision = revisions.get(stream);
        if (revision == null) {
            throw new IllegalArgumentException(
                    "the append had no event for stream " + stream + ", only for " + revisions.keySet());
        }
        return revision;
    }
}
