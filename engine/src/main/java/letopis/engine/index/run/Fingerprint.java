package letopis.engine.index.run;

/**
 * A sum over all that an index says, which does not depend on the order of the summands: made of a run, and of the records of
 * the journal that the run stands for, it is the same. What differs is damage, or a bug of ours.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * One position of a term.
     *
     * @param hash     the {@linkplain TermKey#hash hash} of the term
     * @param revision of a stream, the revision of the event there; else 0
     */
    static long posting(long hash, long position, long revision) {
        return TermHash.mixed(hash ^ TermHash.mixed(position + Long.rotateLeft(revision, 40)));
    }

    /** The same for a term whose hash is not known yet. */
    public static long posting(long seed, TermKind kind, byte[] array, int offset, int length, long position,
            long revision) {
        return posting(TermHash.of(seed, kind, array, offset, length), position, revision);
    }

    /** What is known of a position itself. */
    public static long position(long position, long place, long timeMicros) {
        return TermHash.mixed(TermHash.mixed(place + position) ^ TermHash.mixed(timeMicros - position));
    }
}
