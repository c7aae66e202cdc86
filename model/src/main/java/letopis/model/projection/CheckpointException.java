package letopis.model.projection;

/** A projection's checkpoint cannot be read or written, or is damaged. It can be deleted: the events are the truth. */
public final class CheckpointException extends RuntimeException {
    /** @param what what is wrong, and where, in words */
    public CheckpointException(String what, Throwable cause) {
        super(what, cause);
    }

    /** @param what what is wrong, and where, in words */
    public CheckpointException(String what) {
        super(what);
    }
}
