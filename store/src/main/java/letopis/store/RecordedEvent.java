package letopis.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An event as it is stored.
 *
 * @param stream   the stream it is filed in
 * @param revision its number in the stream: 0, 1, 2 … without gaps
 * @param position its number in the whole store: from 1 on, strictly increasing, never reused
 * @param time     when it was recorded, in whole microseconds; never goes backwards along positions
 * @param event    the event as it was appended
 */
public record RecordedEvent(String stream, long revision, long position, Instant time, Event event) {
    /** The category of the stream: see {@link StreamName#categoryOf}. */
    public String category() {
        return StreamName.categoryOf(stream);
    }

    public UUID id() {
        return event.id();
    }

    public String type() {
        return event.type();
    }

    public String contentType() {
        return event.contentType();
    }

    public Bytes data() {
        return event.data();
    }

    public Bytes metadata() {
        return event.metadata();
    }

    public Set<String> tags() {
        return event.tags();
    }

    /**
     * A text member of the metadata, if that is a JSON object and has one of this name at its top: see {@link Metadata}.
     * Nothing where it is missing, not a text, or the metadata is not JSON.
     */
    public Optional<String> metadataText(String name) {
        return MetadataText.find(event.metadata().toUtf8(), name);
    }
}
