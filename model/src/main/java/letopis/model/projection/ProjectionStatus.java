package letopis.model.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a projection fares, at the moment it was asked.
 *
 * @param name       the projection's name
 * @param version    its version
 * @param state      what it is doing
 * @param position   how far it has looked; where no event waits for it, the head
 * @param checkpoint how far it has durably come, and begins from after a crash
 * @param head       the store's head
 * @param waiting    for how long it has not moved although events wait for it; zero if none does
 * @param lastMoved  when it last took in events or looked further
 * @param lastError  what went wrong last, if it has not succeeded since
 */
public record ProjectionStatus(String name, int version, State state, long position, long checkpoint, long head,
        Duration waiting, Instant lastMoved, Optional<ProjectionError> lastError) {
    /** What a projection is doing. */
    public enum State {
        /** It reads what happened before it was started, or has fallen behind. */
        CATCHING_UP,
        /** It follows what happens. */
        LIVE,
        /** An event failed, and will be tried again. */
        RETRYING,
        /** It has given up at an event and stands still, until it is restarted. */
        FAILED,
        /** It was closed. */
        CLOSED
    }

    /** How many positions it is behind the head, whether their events match or not; 0 if no event waits for it. */
    public long lag() {
        return Math.max(0, head - position);
    }

    @Override
    public String toString() {
        return "projection " + name + " version " + version + " is " + state + " at position " + position + " of "
                + head
                + (waiting.isZero() ? "" : ", and has not moved for " + waiting + " while events wait")
                + lastError.map(error -> "; " + error).orElse("");
    }
}
