package letopis.model;

import java.time.Instant;

import letopis.store.RecordedEvent;
import letopis.store.StreamName;

/**
 * An event of the application, with what is recorded about it.
 *
 * @param event what happened
 * @param raw   how it is stored
 */
public record Recorded<E>(E event, RecordedEvent raw) {
    /** The id of the aggregate: what follows the category in the stream's name. */
    public String id() {
        return StreamName.idOf(raw.stream());
    }

    public String stream() {
        return raw.stream();
    }

    public long revision() {
        return raw.revision();
    }

    public long position() {
        return raw.position();
    }

    /** When it was recorded. */
    public Instant time() {
        return raw.time();
    }

    /**
     * This event as the cause of what is done about it: {@code recorded.asCause().run(() -> orders.handle(…))} gives the events
     * that follow its id as causation id, and its correlation id.
     */
    public Cause asCause() {
        return Cause.of(raw);
    }
}
