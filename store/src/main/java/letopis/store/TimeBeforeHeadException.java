package letopis.store;

import java.time.Instant;

/** The recorded time given for an append is older than that of the newest event. Nothing was written. */
public final class TimeBeforeHeadException extends StoreException {
    private final Instant time;
    private final Instant headTime;
    private final long head;

    /**
     * @param time     the time that was given
     * @param headTime the recorded time of the newest event
     * @param head     its position
     */
    public TimeBeforeHeadException(Instant time, Instant headTime, long head) {
        super("the recorded time " + time + " lies before that of the newest event, " + headTime + " (position " + head
                + "), and time never goes backwards along positions; append history in its order, or ask for the time to be raised");
        this.time = time;
        this.headTime = headTime;
        this.head = head;
    }

    public Instant time() {
        return time;
    }

    public Instant headTime() {
        return headTime;
    }

    public long head() {
        return head;
    }
}
