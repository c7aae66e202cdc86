package letopis.sql.dialect;

/** What a database's error means to a store. */
public enum Trouble {
    /** A key is there already: somebody else was faster, or the event was appended before. */
    DUPLICATE,
    /** The database ended the transaction so that another one can go on; it can be tried again at once. */
    TRY_AGAIN,
    /** The turn did not come in time: another transaction holds it. */
    TURN_TAKEN,
    /** The connection is gone, or there is none to be had. What was under way may or may not be done. */
    CONNECTION,
    /** There is no room left. */
    FULL,
    /** The database takes no writes: it is a replica, or was told so. */
    READ_ONLY,
    /** A table or schema is not there. */
    MISSING,
    /** The user may not do this. */
    PERMISSION,
    /** Anything else. */
    OTHER
}
