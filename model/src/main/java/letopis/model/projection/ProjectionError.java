package letopis.model.projection;

import java.time.Instant;
import java.util.Optional;

import letopis.store.RecordedEvent;

/**
 * What went wrong in a projection.
 *
 * @param event   the event it went wrong at; nothing where it was not about one event
 * @param attempt how often that was tried by now
 * @param cause   what was thrown
 * @param time    when
 */
public record ProjectionError(Optional<RecordedEvent> event, int attempt, Throwable cause, Instant time) {
    @Override
    public String toString() {
        return event.map(it -> "event " + it.type() + " in stream " + it.stream() + " at revision " + it.revision()
                + " (position " + it.position() + ") failed").orElse("it failed")
                + (attempt == 1 ? "" : " " + attempt + " times") + ": " + cause;
    }
}
