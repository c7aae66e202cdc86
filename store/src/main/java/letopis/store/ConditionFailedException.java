package letopis.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An append was refused because one of its conditions does not hold. Nothing was written. An answer, not a disaster: who lost a
 * race tries again, so the message is made when it is asked for.
 */
public final class ConditionFailedException extends StoreException {
    private final Condition condition;
    private final Optional<StreamInfo> found;
    private final OptionalInt item;
    private final Optional<RecordedEvent> event;

    private ConditionFailedException(Condition condition, Optional<StreamInfo> found, OptionalInt item,
            Optional<RecordedEvent> event) {
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
        return new ConditionFailedException(condition, found, OptionalInt.empty(), event);
    }

    /**
     * A condition over a query failed.
     *
     * @param item  the number of the query's item that the event matches, from 0 on
     * @param event an event that matches; where several do, any of them
     */
    public static ConditionFailedException query(Condition.NoEventsMatch condition, int item, RecordedEvent event) {
        return new ConditionFailedException(condition, Optional.empty(), OptionalInt.of(item), Optional.of(event));
    }

    @Override
    public String getMessage() {
        String there = condition instanceof Condition.NoEventsMatch over ? hit(over) : " and " + there();
        return "append refused: " + condition + there + by();
    }

    private String there() {
        String at = condition instanceof Condition.StreamAt ? "is at " : "is at revision ";
        return found.map(info -> switch (info.state()) {
            case OPEN -> at + info.lastRevision() + " (position " + info.lastPosition() + ")";
            case DELETED -> "was deleted at revision " + info.lastRevision();
            case TOMBSTONED -> "was tombstoned";
        }).orElse("does not exist");
    }

    private String hit(Condition.NoEventsMatch over) {
        List<Query.Item> items = over.query().items();
        String which = item.isEmpty() || items.size() == 1
                ? ""
                : " (item " + (item.getAsInt() + 1) + ": " + items.get(item.getAsInt()) + ")";
        return which + event.map(it -> " and " + it.type() + " in stream " + it.stream() + " at revision "
                + it.revision() + " does (position " + it.position() + ")").orElse("");
    }

    private String by() {
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
