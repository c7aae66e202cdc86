package letopis.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Query;
import letopis.store.RecordedEvent;

/**
 * The events of one family, and how they are stored: under which type names, with which tags, written by which codec.
 *
 * <pre>{@code
 * EventTypes.of(OrderEvent.class);
 * EventTypes.of(OrderEvent.class, Map.of(OrderShipped.class, "order-shipped")).tagged(OrderEvent::tags);
 * }</pre>
 *
 * <p>The family is a sealed interface (or class) whose members are records, in as many levels as one likes. An event's type
 * is the simple name of its record where no other was given. The class for a stored type comes from this family only, and
 * never from what is stored. Immutable.
 *
 * @param <E> what the events have in common
 */
public final class EventTypes<E> {
    private final TypeNames<E> names;
    private final Function<? super E, ? extends Set<String>> tags;
    private final Codec codec;

    private EventTypes(TypeNames<E> names, Function<? super E, ? extends Set<String>> tags, Codec codec) {
        this.names = names;
        this.tags = tags;
        this.codec = codec;
    }

    /**
     * The records of this sealed hierarchy, or this one record, in JSON and without tags.
     *
     * @throws IllegalArgumentException if it is not sealed down to records, or two of them have the same simple name
     */
    public static <E> EventTypes<E> of(Class<E> family) {
        return of(family, Map.of());
    }

    /**
     * The same with other type names for some of the records.
     *
     * @throws IllegalArgumentException if it is not sealed down to records, a record is not of the family, or two would have
     *                                  the same type name
     */
    public static <E> EventTypes<E> of(Class<E> family, Map<Class<? extends E>, String> names) {
        return new EventTypes<>(TypeNames.of(family, names), _ -> Set.of(), JsonCodec.DEFAULT);
    }

    /** With the tags of each event, by which queries find it. */
    public EventTypes<E> tagged(Function<? super E, ? extends Set<String>> tagsOfEvent) {
        return new EventTypes<>(names, tagsOfEvent, codec);
    }

    /** Written and read by another codec. */
    public EventTypes<E> writtenBy(Codec otherCodec) {
        return new EventTypes<>(names, tags, otherCodec);
    }

    /** The type names, in the order of declaration. */
    public List<String> names() {
        return names.all();
    }

    /** The name an event is stored under. */
    public String nameOf(E event) {
        return names.nameOf(event);
    }

    /**
     * What the query matches of this family: each of its items that names no types is held to these. For a query by tags
     * that other families use as well; what is left out this way was asked to be left out.
     */
    public Query in(Query query) {
        return new Query(query.items()
                .stream()
                .map(item -> item.types().isEmpty()
                        ? new Query.Item(item.streams(), item.category(), Set.copyOf(names()), item.tags())
                        : item)
                .toList());
    }

    /**
     * The event as it is to be appended.
     *
     * @throws CodecException           if it cannot be written
     * @throws IllegalArgumentException if two records of the family would be stored under one name
     */
    public Event encode(E event, UUID id, Bytes metadata) {
        return new Event(id, names.nameOf(event), codec.contentType(), codec.write(event), metadata, tags.apply(event));
    }

    /**
     * What a stored event means today. One event for now; a list, since an old form may come to mean several or none.
     *
     * @throws UnreadableEventException if its type is not of this family, or its data is not such an event; an event is
     *                                  never skipped
     */
    public List<E> decode(RecordedEvent recorded) {
        Class<? extends E> record = names.recordOf(recorded.type())
                .orElseThrow(() -> UnreadableEventException.unknownType(recorded, names.family(), names.all()));
        if (!recorded.contentType().equals(codec.contentType())) {
            throw UnreadableEventException.contentType(recorded, codec.contentType());
        }
        try {
            return List.of(codec.read(recorded.data(), record));
        } catch (CodecException e) {
            throw UnreadableEventException.data(recorded, e);
        }
    }

    /** The same with what is recorded about it. */
    public List<Recorded<E>> decodeRecorded(RecordedEvent recorded) {
        List<E> events = decode(recorded);
        return events.size() == 1
                ? List.of(new Recorded<>(events.getFirst(), recorded))
                : events.stream().map(event -> new Recorded<>(event, recorded)).toList();
    }

    @Override
    public String toString() {
        return names.family() + " " + names.all();
    }
}
