package letopis.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.Tables;
import letopis.store.Forget;
import letopis.store.RecordedEvent;
import letopis.store.StreamNotFoundException;
import letopis.store.StreamTombstonedException;

/** Writes what is to be forgotten, and takes it from the tables. */
final class Forgetting {
    private static final int ERASED_AT_ONCE = 1_000;

    private final Database database;
    private final Dialect dialect;
    private final Tables tables;
    private final Rows rows;
    private final Recent recent;
    private final Bisection bisection;

    Forgetting(Database database, Rows rows, Recent recent, Bisection bisection) {
        this.database = database;
        this.dialect = database.dialect();
        this.tables = dialect.tables();
        this.rows = rows;
        this.recent = recent;
        this.bisection = bisection;
    }

    /** Forgets. Doing it twice is doing it once, so it is simply done again after a lost connection. */
    void forget(Forget forget) {
        long forgets = database.ask(connection -> inTurn(connection, forget));
        recent.forgotten(Math.max(forgets, recent.forgets()));
    }

    private long inTurn(Connection connection, Forget forget) throws SQLException {
        connection.setAutoCommit(false);
        try {
            dialect.beginTurn(connection, database.patience());
            Rows.Head head = rows.head(connection, false);
            StreamFacts stream = rows.facts(connection, forget.stream(), true);
            check(forget, stream);
            write(connection, forget.stream(), stream.rule().after(forget, stream.lastRevision()));
            connection.commit();
            return head.forgets() + 1;
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void check(Forget forget, StreamFacts stream) {
        if (stream.end().isEmpty()) {
            throw new StreamNotFoundException(stream.stream());
        }
        if (stream.isTombstoned() && !(forget instanceof Forget.Tombstone)) {
            throw new StreamTombstonedException(stream.stream());
        }
        if (forget instanceof Forget.Truncate it && it.beforeRevision() > stream.lastRevision() + 1) {
            throw new IllegalArgumentException("stream " + stream.stream() + " cannot be truncated before revision "
                    + it.beforeRevision() + "; its last revision is " + stream.lastRevision());
        }
    }

    private void write(Connection connection, String stream, Rule rule) throws SQLException {
        try (PreparedStatement delete = connection
                .prepareStatement("delete from " + tables.streamRule() + " where stream = ?");
                PreparedStatement insert = connection.prepareStatement("insert into " + tables.streamRule()
                        + " (stream, first_kept, state, max_age_seconds, max_age_nanos, max_count) values (?, ?, ?, ?, ?, ?)");
                PreparedStatement count = connection
                        .prepareStatement("update " + tables.store() + " set forgets = forgets + 1")) {
            delete.setString(1, stream);
            delete.executeUpdate();
            insert.setString(1, stream);
            insert.setLong(2, rule.firstKept());
            insert.setString(3, rule.said().name());
            if (rule.retention().maxAge().isPresent()) {
                insert.setLong(4, rule.retention().maxAge().get().toSeconds());
                insert.setInt(5, rule.retention().maxAge().get().toNanosPart());
            } else {
                insert.setNull(4, Types.BIGINT);
                insert.setNull(5, Types.INTEGER);
            }
            if (rule.retention().maxCount().isPresent()) {
                insert.setLong(6, rule.retention().maxCount().getAsLong());
            } else {
                insert.setNull(6, Types.BIGINT);
            }
            insert.executeUpdate();
            count.executeUpdate();
        }
    }

    /**
     * Takes the data, the metadata and the tags of forgotten events from the tables, some at a time. Their rows stay: positions,
     * revisions and ids go on to be known.
     *
     * @param progress is told how many were erased so far
     * @return how many were
     */
    long scavenge(Readings readings, LongConsumer progress) {
        long erased = 0;
        String after = "";
        while (true) {
            String from = after;
            List<StreamFacts> streams = database.ask(connection -> withRules(connection, from));
            if (streams.isEmpty()) {
                return erased;
            }
            for (StreamFacts stream : streams) {
                long firstKept = database
                        .ask(connection -> bisection.info(connection, stream, readings.now()).firstRevision());
                long some;
                do {
                    some = database.ask(connection -> erase(connection, stream.stream(), firstKept));
                    erased += some;
                    progress.accept(erased);
                } while (some > 0);
                after = stream.stream();
            }
        }
    }

    private List<StreamFacts> withRules(Connection connection, String after) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select stream from " + tables.streamRule()
                + " where stream > ? order by stream limit 100")) {
            statement.setString(1, after);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        List<StreamFacts> streams = new ArrayList<>();
        for (String name : names) {
            streams.add(rows.facts(connection, name, true));
        }
        return streams;
    }

    private long erase(Connection connection, String stream, long firstKept) throws SQLException {
        connection.setAutoCommit(false);
        try {
            List<RecordedEvent> events = new ArrayList<>();
            try (PreparedStatement find = connection.prepareStatement("select " + dialect.eventColumns("e") + " from "
                    + tables.event()
                    + " e where e.stream = ? and e.revision < ? and e.erased = false order by e.revision"
                    + " limit " + ERASED_AT_ONCE)) {
                find.setString(1, stream);
                find.setLong(2, firstKept);
                try (ResultSet row = find.executeQuery()) {
                    while (row.next()) {
                        events.add(dialect.event(row, 1));
                    }
                }
            }
            erase(connection, events);
            connection.commit();
            return events.size();
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void erase(Connection connection, List<RecordedEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        boolean tagged = false;
        try (PreparedStatement blank = connection.prepareStatement(
                "update " + tables.event() + " " + dialect.erasing() + ", erased = true where position = ?");
                PreparedStatement tags = connection.prepareStatement(
                        "delete from " + tables.eventTag() + " where tag = ? and position = ?")) {
            for (RecordedEvent event : events) {
                blank.setLong(1, event.position());
                blank.addBatch();
                for (String tag : event.tags()) {
                    tagged = true;
                    tags.setString(1, tag);
                    tags.setLong(2, event.position());
                    tags.addBatch();
                }
            }
            blank.executeBatch();
            if (tagged) {
                tags.executeBatch();
            }
        }
    }
}
