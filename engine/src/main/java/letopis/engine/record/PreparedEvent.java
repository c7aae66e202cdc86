package letopis.engine.record;

import java.util.Arrays;
import java.util.UUID;

import letopis.store.Event;

/**
 * An event that is encoded up to what only the writer knows: its position, revision and time. That part comes first in the
 * payload, and room is left for it. Made on the caller's thread; then used by the writer's alone.
 */
public final class PreparedEvent {
    private static final Name[] NO_TAGS = {};

    private final UUID id;
    private final Name stream;
    private final Name type;
    private final Name[] tags;
    private final byte[] array;
    private int from;

    private PreparedEvent(UUID id, Name stream, Name type, Name[] tags, byte[] array) {
        this.id = id;
        this.stream = stream;
        this.type = type;
        this.tags = tags;
        this.array = array;
    }

    public static PreparedEvent of(Name stream, Event event) {
        return of(stream, Name.of(event.type()), event);
    }

    /** @param type the name of the event's type */
    public static PreparedEvent of(Name stream, Name type, Event event) {
        Name[] tags = event.tags().isEmpty() ? NO_TAGS : Name.of(event.tags());
        return new PreparedEvent(event.id(), stream, type, tags, EventRecord.encodeBody(stream, type, tags, event));
    }

    /** The most bytes the payload can have. */
    public int maxPayloadBytes() {
        return array.length;
    }

    /** Fills in what the writer knows; afterwards the payload is whole. */
    public void complete(boolean lastOfItsAppend, long timeMicros, long position, long revision) {
        from = EventRecord.encodeHead(array, lastOfItsAppend, timeMicros, position, revision);
    }

    /** The array that has the payload, from {@link #payloadOffset} to its end. */
    public byte[] array() {
        return array;
    }

    public int payloadOffset() {
        return from;
    }

    public int payloadLength() {
        return array.length - from;
    }

    public UUID id() {
        return id;
    }

    public Name stream() {
        return stream;
    }

    public Name type() {
        return type;
    }

    public Name[] tags() {
        return tags;
    }

    @Override
    public String toString() {
        return type + " " + id + " for stream " + stream + " " + Arrays.toString(tags);
    }
}
