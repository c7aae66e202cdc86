package letopis.engine.index;

import letopis.engine.index.run.StreamRules;

/**
 * What the parts of an index know of a stream together.
 *
 * @param rules        what of it is forgotten
 * @param count        how many events it had, forgotten ones included: its next revision
 * @param lastPosition the position of its newest event
 * @param lastErased   whether that is gone from the journal
 */
record StreamState(StreamRules rules, long count, long lastPosition, boolean lastErased) {
    /** The first revision that is kept, age aside; the next one if none is. */
    long firstRevision() {
        return Math.min(count, rules.firstRevision(count));
    }
}
