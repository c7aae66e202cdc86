package letopis.store;

/**
 * The names under which the metadata of an event, a JSON object by convention, holds what Letopis itself understands.
 * Everything else in it is the application's.
 */
public final class Metadata {
    /** Who caused the event. */
    public static final String ACTOR = "actor";
    /** The name of the command that was handled. */
    public static final String COMMAND = "command";
    /** What a whole chain of commands and events has in common. */
    public static final String CORRELATION_ID = "correlationId";
    /** The id of the event or command that led to this event. */
    public static final String CAUSATION_ID = "causationId";

    private Metadata() {}
}
