package letopis.model;

import java.util.List;

import letopis.store.RecordedEvent;

/** A stored event cannot be read as what it should be. It is not skipped: whatever was to be made of it is not made. */
public final class UnreadableEventException extends RuntimeException {
    private final RecordedEvent event;
    private final List<String> knownTypes;

    private UnreadableEventException(RecordedEvent event, List<String> knownTypes, String why, Throwable cause) {
        super("event " + event.type() + " in stream " + event.stream() + " at revision " + event.revision()
                + " (position "
                + event.position() + ") cannot be read: " + why, cause);
        this.event = event;
        this.knownTypes = knownTypes;
    }

    private UnreadableEventException(RecordedEvent event, List<String> knownTypes, String why) {
        this(event, knownTypes, why, new IllegalArgumentException(why));
    }

    static UnreadableEventException unknownType(RecordedEvent event, String family, List<String> known) {
        return new UnreadableEventException(event, known, "the type is none of " + family + ", which has "
                + String.join(", ", known)
                + ". Add a record of this name to the family, or say which record stands for it: EventTypes.of("
                + family + ".class, Map.of(….class, \"" + event.type()
                + "\")); or read by a query that leaves this type out");
    }

    static UnreadableEventException contentType(RecordedEvent event, String expected) {
        return new UnreadableEventException(event, List.of(),
                "its content type is " + event.contentType() + ", and the codec reads " + expected);
    }

    static UnreadableEventException data(RecordedEvent event, CodecException cause) {
        return new UnreadableEventException(event, List.of(), cause.getMessage() + "; stored is " + event.data(),
                cause);
    }

    /** The event as it is stored. */
    public RecordedEvent event() {
        return event;
    }

    /** The types that would have been known, where the type is not; else empty. */
    public List<String> knownTypes() {
        return knownTypes;
    }
}
