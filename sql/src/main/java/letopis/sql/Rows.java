package letopis.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.StreamEnd;
import letopis.sql.dialect.Tables;
import letopis.store.RecordedEvent;

/** What is read from the tables, question by question. */
final class Rows {
    private final Dialect dialect;
    private final Tables tables;
    private final String eventColumns;

    /** An event, and what decides whether it can be read. */
    record Row(RecordedEvent event, Rule rule, long lastRevision, boolean erased) {}

    /** A run of events, and the head at the moment they were read. */
    record Page(long head, List<Row> rows) {}

    /** The newest position, the recorded time there in microseconds, and how often something was forgotten. */
    record Head(long position, long timeMicros, long forgets) {}

    Rows(Dialect dialect) {
        this.dialect = dialect;
        this.tables = dialect.tables();
        this.eventColumns = dialect.eventColumns("e");
    }

    Head head(Connection connection, boolean newest) throws SQLException {
        String suffix = newest ? dialect.seeingTheNewest() : "";
        long forgets;
        try (PreparedStatement statement = connection
                .prepareStatement("select forgets from " + tables.store() + suffix);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new AssertionError("the table " + tables.store() + " has no row");
            }
            forgets = row.getLong(1);
        }
        try (PreparedStatement statement = connection.prepareStatement("select e.position, "
                + dialect.recordedMicros("e") + " from " + tables.event() + " e order by e.position desc limit 1"
                + suffix); ResultSet row = statement.executeQuery()) {
            return row.next() ? new Head(row.getLong(1), row.getLong(2), forgets) : new Head(0, 0, forgets);
        }
    }

    /** The same in one question. */
    Head headAtOnce(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select s.forgets, e.position, "
                + dialect.recordedMicros("e") + " from " + tables.store() + " s left join " + tables.event()
                + " e on e.position = (select max(position) from " + tables.event() + ")");
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new AssertionError("the table " + tables.store() + " has no row");
            }
            return new Head(row.getLong(2), row.getLong(3), row.getLong(1));
        }
    }

    /**
     * The events of a selection, with the head of the same moment.
     *
     * @param events a table expression {@code e}
     */
    Page page(Connection connection, Sql events, boolean backwards, boolean newest) throws SQLException {
        int columns = dialect.eventColumnCount();
        String suffix = newest ? dialect.seeingTheNewest() : "";
        Sql sql = Sql.of("select h.head, " + eventColumns + ", e.erased, " + Rule.columns("r")
                + ", case when r.max_count is not null then (select max(x.revision) from " + tables.event()
                + " x where x.stream = e.stream" + suffix
                + ") end from (select coalesce(max(position), 0) as head from "
                + tables.event() + suffix + ") h left join ")
                .add(events)
                .add(" on 1 = 1 left join " + tables.streamRule() + " r on r.stream = e.stream order by e.position"
                        + (backwards ? " desc" : "") + suffix);
        List<Row> rows = new ArrayList<>();
        long head = 0;
        try (PreparedStatement statement = sql.prepare(connection, dialect); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                head = row.getLong(1);
                row.getLong(2);
                if (!row.wasNull()) {
                    rows.add(new Row(dialect.event(row, 2), Rule.of(row, columns + 3),
                            row.getLong(columns + 3 + Rule.COLUMNS), row.getBoolean(columns + 2)));
                }
            }
        }
        return new Page(head, rows);
    }

    /**
     * The same where nothing was ever forgotten, so that there are no rules to look for.
     *
     * @param events what stands behind {@code from}, with its order
     * @return nothing if something was, or if there are no events to tell it
     */
    Optional<Page> pageWithoutRules(Connection connection, Sql events) throws SQLException {
        Sql sql = Sql.of("select (" + dialect.newestPosition() + "), (select s.forgets from "
                + tables.store() + " s), " + eventColumns + " from ").add(events);
        List<Row> rows = new ArrayList<>();
        long head = 0;
        try (PreparedStatement statement = sql.prepare(connection, dialect); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (rows.isEmpty()) {
                    head = row.getLong(1);
                    if (row.getLong(2) != 0) {
                        return Optional.empty();
                    }
                }
                rows.add(new Row(dialect.event(row, 3), Rule.NONE, 0, false));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Page(head, rows));
    }

    /** All events of a range of positions, forgotten or not. */
    List<RecordedEvent> range(Connection connection, long above, long upTo) throws SQLException {
        List<RecordedEvent> events = new ArrayList<>();
        try (PreparedStatement statement = dialect.reading(connection, "select " + eventColumns + " from "
                + tables.event() + " e where e.position > ? and e.position <= ? order by e.position")) {
            statement.setLong(1, above);
            statement.setLong(2, upTo);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(dialect.event(row, 1));
                }
            }
        }
        return events;
    }

    /** What is known of a stream, also if it never had an event. */
    StreamFacts facts(Connection connection, String stream, boolean withRules) throws SQLException {
        StreamFacts facts = facts(connection, List.of(stream), withRules, false).get(stream);
        if (facts == null) {
            throw new AssertionError("nothing was found out about stream " + stream);
        }
        return facts;
    }

    /**
     * What is known of these streams, also of those that never had an event.
     *
     * @param withRules whether anything was ever forgotten
     */
    Map<String, StreamFacts> facts(Connection connection, Collection<String> streams, boolean withRules, boolean newest)
            throws SQLException {
        Map<String, StreamFacts> facts = new HashMap<>();
        if (streams.isEmpty()) {
            return facts;
        }
        Map<String, Rule> rules = withRules ? rules(connection, streams, newest) : Map.of();
        for (String stream : streams) {
            facts.put(stream, new StreamFacts(stream, Optional.empty(),
                    rules.getOrDefault(stream, Rule.NONE)));
        }
        for (StreamEnd end : dialect.streamEnds(connection, streams, newest)) {
            facts.computeIfPresent(end.stream(), (_, it) -> it.after(end));
        }
        return facts;
    }

    private Map<String, Rule> rules(Connection connection, Collection<String> streams, boolean newest)
            throws SQLException {
        Map<String, Rule> rules = new HashMap<>();
        Sql sql = Sql.of("select r.stream, " + Rule.columns("r") + " from " + tables.streamRule() + " r where r.stream")
                .in(streams)
                .add(newest ? dialect.seeingTheNewest() : "");
        try (PreparedStatement statement = sql.prepare(connection, dialect); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rules.put(row.getString(1), Rule.of(row, 2));
            }
        }
        return rules;
    }

    /** The first number a question has. */
    long number(Connection connection, Sql sql, long ifNone) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection, dialect); ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return ifNone;
            }
            long number = row.getLong(1);
            return row.wasNull() ? ifNone : number;
        }
    }
}
