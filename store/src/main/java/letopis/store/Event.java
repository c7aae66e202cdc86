package letopis.store;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * An immutable fact, before it is appended. A stream's events are named in the past tense: {@code OrderCreated}.
 *
 * @param id          names this event everywhere and for ever; the store uses it to recognise an append that is sent again
 * @param type        what kind of fact it is
 * @param contentType how the data is written, as a media type
 * @param data        the fact itself
 * @param metadata    what is known about the fact: a JSON object in UTF-8 by convention (see {@link Metadata}), or empty
 * @param tags        short strings to find the event by, {@code key:value} by convention; kept in their natural order
 */
public record Event(UUID id, String type, String contentType, Bytes data, Bytes metadata, Set<String> tags) {
    /** The content type of events that name none: {@value}. */
    public static final String JSON = "application/json";

    public Event {
        tags = switch (tags.size()) {
            case 0 -> Set.of();
            case 1 -> Set.copyOf(tags);
            default -> Collections.unmodifiableSet(new TreeSet<>(tags));
        };
    }

    /** An event of this type with a new random id, JSON data, no metadata and no tags. */
    public static Event of(String type, Bytes data) {
        return new Event(UUID.randomUUID(), type, JSON, data, Bytes.empty(), Set.of());
    }

    /** An event of this type with a new random id, data in JSON, no metadata and no tags. */
    public static Event of(String type, String json) {
        return of(type, Bytes.utf8(json));
    }

    public Event withId(UUID newId) {
        return new Event(newId, type, contentType, data, metadata, tags);
    }

    public Event withContentType(String newContentType) {
        return new Event(id, type, newContentType, data, metadata, tags);
    }

    public Event withMetadata(Bytes newMetadata) {
        return new Event(id, type, contentType, data, newMetadata, tags);
    }

    /** This event with exactly these tags. */
    public Event withTags(String... newTags) {
        return withTags(new TreeSet<>(List.of(newTags)));
    }

    /** This event with exactly these tags. */
    public Event withTags(Set<String> newTags) {
        return new Event(id, type, contentType, data, metadata, newTags);
    }
}
