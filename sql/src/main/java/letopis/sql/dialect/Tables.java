package letopis.sql.dialect;

/**
 * The names of a store's tables, as they are written in SQL.
 *
 * @param event      one row an event
 * @param eventTag   one row for each tag of an event
 * @param streamRule one row for each stream of which something is or will be forgotten
 * @param store      one row about the store as a whole
 * @param migration  one row for each migration that was applied
 */
public record Tables(String event, String eventTag, String streamRule, String store, String migration) {
    /** The tables of which each name begins with this. */
    public static Tables startingWith(String prefix) {
        return new Tables(prefix + "event", prefix + "event_tag", prefix + "stream_rule", prefix + "store",
                prefix + "migration");
    }
}
