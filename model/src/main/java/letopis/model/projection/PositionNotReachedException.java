package letopis.model.projection;

/** A projection has not reached the position that was waited for. */
public final class PositionNotReachedException extends RuntimeException {
    private final long position;
    private final ProjectionStatus status;

    PositionNotReachedException(long position, ProjectionStatus status, String why) {
        super("position " + position + " was not reached: " + why + "; " + status);
        this.position = position;
        this.status = status;
    }

    /** The position that was waited for. */
    public long position() {
        return position;
    }

    /** How the projection fared when the wait ended; {@link ProjectionStatus.State#FAILED} if waiting longer is no use. */
    public ProjectionStatus status() {
        return status;
    }
}
