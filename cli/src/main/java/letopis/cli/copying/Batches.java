package letopis.cli.copying;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.store.Limits;
import letopis.store.RecordedEvent;

/**
 * Puts neighbours that were recorded at the same time together, since an append has one time; no more than the target takes at
 * once, and no more than is written well together.
 */
final class Batches {
    private static final int MAX_EVENTS = 512;
    private static final long MAX_BYTES = 1 << 20;

    private final int maxEvents;
    private final long maxBytes;
    private List<RecordedEvent> events = new ArrayList<>();
    private long bytes;

    Batches(Limits limits) {
        this.maxEvents = Math.min(MAX_EVENTS, limits.maxAppendEvents());
        this.maxBytes = Math.min(MAX_BYTES, limits.maxAppendBytes());
    }

    static long bytes(RecordedEvent event) {
        return (long) event.data().length() + event.metadata().length();
    }

    /** Takes an event; hands out the batch before it if the event does not belong to that. */
    Optional<List<RecordedEvent>> add(RecordedEvent event) {
        boolean fits = events.isEmpty()
                || (time().equals(event.time()) && events.size() < maxEvents && bytes + bytes(event) <= maxBytes);
        Optional<List<RecordedEvent>> full = fits ? Optional.empty() : last();
        events.add(event);
        bytes += bytes(event);
        return full;
    }

    private Instant time() {
        return events.getFirst().time();
    }

    /** The batch that is not handed out yet, if there is one. */
    Optional<List<RecordedEvent>> last() {
        List<RecordedEvent> batch = events;
        events = new ArrayList<>();
        bytes = 0;
        return batch.isEmpty() ? Optional.empty() : Optional.of(batch);
    }
}
