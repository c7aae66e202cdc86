package letopis.store;

import java.util.Optional;
import java.util.OptionalInt;

/** An append was refused because one of its conditions does not hold. Nothing was written. An answer, not a disaster. */
public final class ConditionFailedException extends StoreException {
    private final Condition condition;
    private final Optional<StreamInfo> found;
    private final OptionalInt item;
    private final Optional<RecordedEvent> event;

    private ConditionFailedException(String message, Condition condition, Optional<StreamInfo> found, OptionalInt item,
            Optional<RecordedEvent> event) {
        super(message);
        this.condition = condition;
        this.found = found;
        this.item = item;
        this.event = event;
    }

    /**
     * A condition on a stream failed.
     *
     * @param found what is known of the stream, or nothing if it never had an event
     * @param event the last event of the stream, which is in the way, if there is one to be read
     */
    public static ConditionFailedException stream(Condition condition, Optional<StreamInfo> found,
            Optional<RecordedEvent> event) {
        String stream = condition.streams().getFirst();
        String there = found.map(info -> switch (info.state()) {
            case OPEN -> "is at " + info.lastRevision() + " (position " + info.lastPosition() + ")";
            case DELETED -> "was deleted at revision " + info.lastRevision();
            case TOMBSTONED -> "was tombstoned";
        }).orElse("does not exist");
        String expected = condition instanceof Condition.StreamAt
                ? condition + " and " + there
                : condition + " and " + there.replace("is at", "is at revision");
        assert condition.streams().contains(stream);
        return new ConditionFailedException("append refused: " + expected + by(event), condition, found,
                OptionalInt.empty(), event);
    }

    /**
     * A condition over a query failed.
     *
     * @param item  the number of the query's item that the event matches, from 0 on
     * @param event an event that matches; where several do, any of them
     */
    public static ConditionFailedException query(Condition.NoEventsMatch condition, int item, RecordedEvent event) {
        String which = condition.query().items().size() == 1
                ? ""
                : " (item " + (item + 1) + ": " + condition.query().items().get(item) + ")";
        return new ConditionFailedException(
                "append refused: " + condition + which + " and " + event.type() + " in stream "
                        + event.stream() + " at revision " + event.revision() + " does (position " + event.position()
                        + ")"
                        + by(Optional.of(event)),
                condition, Optional.empty(), OptionalInt.of(item), Optional.of(event));
    }

    private static String by(Optional<RecordedEvent> event) {
        return event.map(it -> {
            String command = it.metadataText(Metadata.COMMAND).map(name -> ", by command " + name).orElse("");
            String actor = it.metadataText(Metadata.ACTOR).map(name -> ", by " + name).orElse("");
            return "; recorded " + it.time() + command + actor;
        }).orElse("");
    }

    /** The condition that does not hold. */
    public Condition condition() {
        return condition;
    }

    /** For a condition on a stream: what is known of the stream, or nothing if it never had an event. */
    public Optional<StreamInfo> found() {
        return found;
    }

    /** For a condition over a query: the number of the item that was hit, from 0 on. */
    public OptionalInt item() {
        return item;
    }

    /** The event that is in the way, if there is one to be read. */
    public Optional<RecordedEvent> event() {
        return event;
    }

    /** Who caused the event that is in the way, where its metadata names somebody. */
    public Optional<String> actor() {
        return event.flatMap(it -> it.metadataText(Metadata.ACTOR));
    }

    /** The command that led to the event that is in the way, where its metadata names one. */
    public Optional<String> command() {
        return event.flatMap(it -> it.metadataText(Metadata.COMMAND));
    }
}
