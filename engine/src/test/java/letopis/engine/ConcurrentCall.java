package letopis.engine;

/**
 * One call of a concurrent history, and what came of it. Small, because there are a million of them; written by the thread
 * that makes the call, read when all are at their end.
 */
final class ConcurrentCall {
    /** No condition on a stream. */
    static final long ANY = -2;
    /** The stream must not exist. */
    static final long NO_STREAM = -1;

    final boolean isRead;
    /** When it began and ended, by one clock for all threads. */
    long begun = System.nanoTime();
    long ended = Long.MAX_VALUE;

    /** An append: its number, how many events, the stream they go to, and what is expected of it. */
    int append;
    int events;
    int stream;
    long expected = ANY;
    /** An append with a condition over a tag, or a read by a tag; -1 for none. */
    int tag = -1;
    long after;

    Outcome outcome = Outcome.UNKNOWN;
    /** Acknowledged: the first position told. A read: the head it saw. */
    long position;
    /** Refused because of the tag, by this event; or because of the stream, which was at this revision. */
    boolean byTag;
    long evidence;
    /** A read: how many events, and a hash of their positions. */
    int count;
    long hash;

    enum Outcome {
        ACKNOWLEDGED, REFUSED,
        /** It says that nothing was written, for a reason that is no condition. */
        NOT_WRITTEN,
        /** Nobody knows, and it was not retried until somebody did. */
        UNKNOWN
    }

    ConcurrentCall(boolean isRead) {
        this.isRead = isRead;
    }

    @Override
    public String toString() {
        return isRead
                ? "a read by tag " + tag + " that saw head " + position
                : "append " + append + " of " + events + " events to stream " + stream + " at " + expected + ", tag "
                        + tag
                        + " after " + after + ": " + outcome + " at " + position
                        + (outcome == Outcome.REFUSED
                                ? " by " + (byTag ? "tag" : "stream") + ", evidence " + evidence
                                : "");
    }
}
