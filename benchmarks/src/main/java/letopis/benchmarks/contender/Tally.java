package letopis.benchmarks.contender;

/** What a read hands its events to: counts them, and takes something of each, so that none of them can be left out. */
public final class Tally {
    private long events;
    private long bytes;
    private long lastRevision = -1;

    /** One event was read. */
    public void add(long revision, int dataBytes, int metadataBytes, int typeChars) {
        events++;
        bytes += dataBytes + metadataBytes + typeChars;
        lastRevision = revision;
    }

    /** How many events were read. */
    public long events() {
        return events;
    }

    /** How many bytes their data, metadata and types had. */
    public long bytes() {
        return bytes;
    }

    /** The revision of the last one, or -1. */
    public long lastRevision() {
        return lastRevision;
    }
}
