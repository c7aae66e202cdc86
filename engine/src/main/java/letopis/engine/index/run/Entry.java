package letopis.engine.index.run;

/**
 * What a part of the index has of one term: the ascending positions of its events there. Of a stream also which revision the
 * first of them has, the others follow without gaps, and what of the stream is forgotten.
 *
 * <p>An entry of a run is for one thread at a time; it keeps the positions that it decoded last.
 */
public interface Entry {
    /** The name's bytes, which nobody may change. */
    byte[] name();

    /** Of a stream, the revision of the first position here; the next revision where there is none. */
    long baseRevision();

    /** Of a stream, what of it is forgotten, as far as the newest part that has the stream knows. */
    StreamRules rules();

    /** Of a stream, whether it began in this part. */
    boolean beganHere();

    /** How many positions there are; 0 for a stream of which only something was forgotten. */
    long count();

    /** The position of a rank, from 0 on and below the count. */
    long at(long rank);

    /** Puts positions from a rank on into an array, as many as are at hand and fit; returns how many, at least one. */
    int copy(long rank, long[] target);

    /** The first rank in a range whose position lies above this one; the end of the range if there is none. */
    long rankAbove(long position, long from, long to);

    /** The newest position; 0 if there is none. */
    default long last() {
        long all = count();
        return all == 0 ? 0 : at(all - 1);
    }

    /** How many positions lie at or below this one. */
    default long countUpTo(long position) {
        long all = count();
        if (all == 0 || at(all - 1) <= position) {
            return all;
        }
        return rankAbove(position, 0, all);
    }
}
