package letopis.sql.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import letopis.store.RecordedEvent;

/**
 * What differs between SQL databases. All else is the same for all of them: SQL that each understands.
 *
 * <p>Positions are given by the writer and are a primary key, and event ids are a unique key. So a writer that knew an older head
 * than there is gets a {@link Trouble#DUPLICATE}, whatever else went wrong, and never a second order.
 *
 * <p>Safe for any number of threads; connections are not.
 */
public interface Dialect {
    /**
     * The dialect of the very server and store behind a connection, where one dialect has several. Asked before all else but errors, and
     * again when the schema is there.
     */
    default Dialect of(Connection connection) throws SQLException {
        return this;
    }

    /** The name of the database, as people say it. */
    String product();

    Tables tables();

    /** What an error means. */
    Trouble trouble(SQLException error);

    /** All steps from nothing to the newest schema. */
    List<Migration> migrations();

    /**
     * As the first statement of a transaction, keeps others from migrating at the same time, until {@link #unlockMigrations} or
     * the transaction's end; what others migrated before is seen from then on.
     */
    void lockMigrations(Connection connection) throws SQLException;

    /** Ends the lock, if it does not end with the transaction. */
    void unlockMigrations(Connection connection) throws SQLException;

    /** Whether a table of this name, as in {@link Tables}, is there. */
    boolean exists(Connection connection, String table) throws SQLException;

    /** Whether the database takes no writes, being a replica for example. */
    boolean isReadOnly(Connection connection) throws SQLException;

    /**
     * Takes the turn to write for the transaction that is under way: until it ends, nobody else appends or forgets.
     *
     * @throws SQLException {@link Trouble#TURN_TAKEN} if it did not come in this time
     */
    void takeTurn(Connection connection, Duration atMost) throws SQLException;

    /**
     * The same as the first statement of a transaction of the store's own, which from then on sees what is committed, whatever
     * isolation the connection came with.
     */
    default void beginTurn(Connection connection, Duration atMost) throws SQLException {
        takeTurn(connection, atMost);
    }

    /** Who holds the turn now, in words that help to find him; nothing if nobody does, or it cannot be known. */
    Optional<String> turnHolder(Connection connection) throws SQLException;

    /** Writes events and their tags; the turn is taken, the transaction under way. */
    void insert(Connection connection, List<RecordedEvent> events) throws SQLException;

    /**
     * In a transaction of its own, and in one trip to the database wherever that is to be had: takes the turn, and writes the
     * events if the head and the number of forgets are still these.
     *
     * @param turnAtMost how long to wait for the turn; a dialect may give up at once
     * @return whether they were; if not, nothing was written
     */
    boolean insertAtHead(Connection connection, long head, long forgets, List<RecordedEvent> events,
            Duration turnAtMost)
            throws SQLException;

    /**
     * Does what is better done before the head moves on than by the one who moves it; called again and again while a store is open for
     * writing, on a connection without a transaction. What fails here is tried again later, and told by the store's health.
     */
    default void prepare(Connection connection, long head) throws SQLException {}

    /**
     * What to add to a query inside a transaction that the user began, so that it sees what is committed now rather than when
     * the transaction began.
     */
    String seeingTheNewest();

    /** The last event of each of these streams that has one. */
    List<StreamEnd> streamEnds(Connection connection, Collection<String> streams, boolean newest) throws SQLException;

    /**
     * A query of names of streams in their order: those that are not before the first parameter and behind the second, at most so many as
     * the third says. Reads little more than it finds, however many streams and events there are.
     */
    default String streamNames() {
        String event = tables().event();
        return "with recursive s (stream, n) as (select min(e.stream), 1 from " + event
                + " e where e.stream >= ? and e.stream > ? union all select (select min(e.stream) from " + event
                + " e where e.stream > s.stream), s.n + 1 from s where s.stream is not null and s.n < ?)"
                + " select stream from s where stream is not null order by n";
    }

    /** Which of these event ids are in the store. */
    List<KnownId> knownIds(Connection connection, Collection<UUID> ids, boolean newest) throws SQLException;

    /** A query of the newest position; whether it has a row where there are no events is left open. */
    default String newestPosition() {
        return "select max(h.position) from " + tables().event() + " h";
    }

    /** The columns that {@link #event} reads, of a table with this alias. */
    String eventColumns(String alias);

    /** How many {@link #eventColumns} there are. */
    int eventColumnCount();

    /** The event of a row. */
    RecordedEvent event(ResultSet row, int firstColumn) throws SQLException;

    /** An expression for the recorded time of a table with this alias, in microseconds since 1970. */
    String recordedMicros(String alias);

    /** The SQL that takes the bytes of events and their tags away: {@code set …} of an update. */
    String erasing();

    /** Prepares a statement that will read many rows, so that they are not all in memory at once where that can be had. */
    default PreparedStatement reading(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /**
     * Listens to news of appends.
     *
     * @param self a name that nobody else has; what is told under it is no news
     * @return nothing where the database does not push, or not over this connection
     */
    Optional<Wakeups> listen(Connection connection, String self) throws SQLException;

    /** Tells all that listen that there is something new, when the transaction that is under way commits. */
    void tell(Connection connection) throws SQLException;

    /** Tells all that listen under another name, at once, and without waiting for anything to be on disk. */
    void tellOthers(Connection connection, String self) throws SQLException;
}
