package letopis.store;

import java.util.UUID;

/**
 * Some of an append's event ids are in the store already, but not all of them, or not in this order in these streams: it is
 * neither new nor a retry. Nothing was written.
 */
public final class EventIdTakenException extends StoreException {
    private final UUID id;
    private final long position;

    /**
     * @param id       one of the append's ids that is there already
     * @param position where it is
     * @param why      what tells this append from a retry
     */
    public EventIdTakenException(UUID id, long position, String why) {
        super("append refused: event id " + id + " is in the store already, at position " + position + ", but " + why
                + "; give new events new ids, and send a retry just as it was sent first");
        this.id = id;
        this.position = position;
    }

    /** One of the append's ids that is there already. */
    public UUID id() {
        return id;
    }

    /** The position of the event that has this id. */
    public long position() {
        return position;
    }
}
