package letopis.store;

import java.time.Instant;

/**
 * What is known of a stream.
 *
 * @param stream        its name
 * @param state         whether it can be read and appended to
 * @param firstRevision the first revision that can be read; one beyond the last where nothing is left to read
 * @param lastRevision  the last revision that was ever given, forgotten or not
 * @param lastPosition  the position of the event of that revision
 * @param lastTime      when it was recorded
 * @param retention     how much of it is kept
 */
public record StreamInfo(String stream, State state, long firstRevision, long lastRevision, long lastPosition,
        Instant lastTime,
        Forget.Retention retention) {
    /** Whether a stream can be read and appended to. */
    public enum State {
        /** It has been begun. */
        OPEN,
        /** It was deleted, and may be begun again. */
        DELETED,
        /** It was ended for ever. */
        TOMBSTONED
    }

    /** How many events can be read. */
    public long count() {
        return lastRevision - firstRevision + 1;
    }
}
