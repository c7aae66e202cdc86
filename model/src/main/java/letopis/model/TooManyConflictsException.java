package letopis.model;

import letopis.store.ConditionFailedException;

/** Others were faster each time a command was decided. Nothing was written; it can be tried again. */
public final class TooManyConflictsException extends RuntimeException {
    private final String stream;
    private final int attempts;
    private final ConditionFailedException lastConflict;

    TooManyConflictsException(String stream, int attempts, ConditionFailedException lastConflict) {
        super("the command for stream " + stream + " was decided " + (attempts == 1 ? "once" : attempts + " times")
                + ", and each time another append came in between; nothing was written. The last: "
                + lastConflict.getMessage(), lastConflict);
        this.stream = stream;
        this.attempts = attempts;
        this.lastConflict = lastConflict;
    }

    /** The stream the events were for. */
    public String stream() {
        return stream;
    }

    /** How often the command was decided. */
    public int attempts() {
        return attempts;
    }

    /** What was in the way the last time. */
    public ConditionFailedException lastConflict() {
        return lastConflict;
    }
}
