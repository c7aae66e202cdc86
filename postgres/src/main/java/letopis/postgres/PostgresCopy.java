package letopis.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import letopis.sql.dialect.Tables;
import letopis.store.Event;
import letopis.store.RecordedEvent;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes many events by {@code copy}: it takes the server less than an {@code insert} for each event, and needs more trips to it. It can
 * have no condition, so that the head is confirmed before, with the turn taken.
 */
final class PostgresCopy {
    /** From so many on it is faster. */
    private static final int FEWEST = 50;
    private static final String BINARY = " from stdin (format binary)";
    private static final int COLUMNS = 13;

    private final String confirm;
    private final String events;
    private final String tags;
    private final String ids;
    private final boolean idsApart;

    /** @param idsApart whether ids have a table of their own */
    PostgresCopy(Tables tables, String turn, boolean idsApart) {
        this.idsApart = idsApart;
        confirm = PostgresDialect.READ_COMMITTED
                + "select set_config('lock_timeout', ?, true), pg_advisory_xact_lock(" + turn + "); "
                + "select " + PostgresInsert.head(tables) + " = ? and (select forgets from "
                + tables.store() + ") = ?";
        events = "copy " + tables.event() + PostgresInsert.COLUMNS + BINARY;
        tags = "copy " + tables.eventTag() + "(tag, position)" + BINARY;
        ids = "copy " + tables.event() + "_id (id, position)" + BINARY;
    }

    /** Whether these events are best written so, and this connection can. */
    static boolean suits(Connection connection, List<RecordedEvent> events) throws SQLException {
        return events.size() >= FEWEST && connection.isWrapperFor(PGConnection.class);
    }

    /** In a transaction of its own; after an exception that is to be rolled back. */
    boolean atHead(Connection connection, long head, long forgets, List<RecordedEvent> recorded, Duration turnAtMost)
            throws SQLException {
        connection.setAutoCommit(false);
        boolean isHead = isHead(connection, head, forgets, turnAtMost);
        if (isHead) {
            plain(connection, recorded);
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        return isHead;
    }

    private boolean isHead(Connection connection, long head, long forgets, Duration turnAtMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(confirm)) {
            statement.setString(1, turnAtMost.toMillis() + 1 + "ms");
            statement.setLong(2, head);
            statement.setLong(3, forgets);
            statement.execute();
            statement.getMoreResults();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    void plain(Connection connection, List<RecordedEvent> recorded) throws SQLException {
        copy(connection, events, rows -> events(rows, recorded));
        if (recorded.stream().anyMatch(it -> !it.tags().isEmpty())) {
            copy(connection, tags, rows -> tags(rows, recorded));
        }
        if (idsApart) {
            copy(connection, ids, rows -> ids(rows, recorded));
        }
    }

    private interface Table {
        void into(BinaryRows rows) throws SQLException;
    }

    private static void copy(Connection connection, String sql, Table table) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            var rows = new BinaryRows(copy);
            table.into(rows);
            rows.end();
        } catch (RuntimeException | Error e) {
            if (copy.isActive()) {
                copy.cancelCopy(); // else nothing else could be said on this connection
            }
            throw e;
        }
    }

    private static void events(BinaryRows rows, List<RecordedEvent> recorded) throws SQLException {
        for (RecordedEvent it : recorded) {
            Event event = it.event();
            rows.begin(COLUMNS);
            rows.number(it.position());
            rows.text(it.stream());
            rows.number(it.revision());
            rows.text(it.category());
            rows.text(event.type());
            rows.uuid(event.id());
            rows.time(it.time());
            rows.text(event.contentType());
            rows.jsonOrBytes(event.data());
            rows.jsonOrBytes(event.metadata());
            rows.texts(event.tags());
        }
    }

    private static void tags(BinaryRows rows, List<RecordedEvent> recorded) throws SQLException {
        for (RecordedEvent it : recorded) {
            for (String tag : it.tags()) {
                rows.begin(2);
                rows.text(tag);
                rows.number(it.position());
            }
        }
    }

    private static void ids(BinaryRows rows, List<RecordedEvent> recorded) throws SQLException {
        for (RecordedEvent it : recorded) {
            rows.begin(2);
            rows.uuid(it.id());
            rows.number(it.position());
        }
    }
}
