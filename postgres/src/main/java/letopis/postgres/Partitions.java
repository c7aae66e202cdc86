package letopis.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import letopis.sql.dialect.Tables;

/**
 * The table of events in partitions of so many positions each, named by the first: {@code event_from_1}. They are made before the
 * first position is given that lies in them: ahead, while nobody waits for it, or else by the writer that needs one.
 *
 * <p>Not by {@code create table … partition of}, which keeps readers out for as long as it waits for the slowest of them: a table
 * that is attached does not.
 *
 * @param tables the store's tables
 * @param events how many positions each has
 */
record Partitions(Tables tables, long events) {
    /** The first half of the name of the lock of those who make partitions: "Letp". */
    private static final int MAKING = 0x4c657470;

    Partitions {
        if (events < 1) {
            throw new IllegalArgumentException("a partition has at least 1 event, not " + events);
        }
    }

    /** The first position of the partition in which this one lies. */
    long first(long position) {
        return (position - 1) / events * events + 1;
    }

    private String table(long first) {
        return tables.event() + "_from_" + first;
    }

    /** The statements that make the partition of this position. */
    List<String> statements(long position) {
        long first = first(position);
        String table = table(first);
        return List.of("create table " + table + " (like " + tables.event() + " including all)",
                "alter table " + tables.event() + " attach partition " + table + " for values from (" + first
                        + ") to (" + Math.addExact(first, events) + ")");
    }

    /** Whether all positions from one on up to another have their partitions. */
    boolean areThere(Connection connection, long from, long upTo) throws SQLException {
        return missing(connection, from, upTo).isEmpty();
    }

    /**
     * Makes those that are missing from one position on up to another; in the transaction that is under way, if there is one. Others
     * who make some wait for its end.
     */
    void make(Connection connection, long from, long upTo) throws SQLException {
        if (areThere(connection, from, upTo)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + MAKING + ", '" + tables.event()
                    + "'::regclass::oid::bigint::bit(32)::integer)");
            for (long position : missing(connection, from, upTo)) {
                for (String sql : statements(position)) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** Not by {@code to_regclass}: that may remember that a table was missing, from before the lock on. */
    private List<Long> missing(Connection connection, long from, long upTo) throws SQLException {
        List<Long> missing = new ArrayList<>();
        try (PreparedStatement statement = connection
                .prepareStatement("select f from generate_series(?, ?, ?) f where not"
                        + " exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relname = ? || '_from_' || f) order by f")) {
            statement.setLong(1, first(from));
            statement.setLong(2, upTo);
            statement.setLong(3, events);
            String[] event = tables.event().split("\\.", -1);
            statement.setString(4, event[0]);
            statement.setString(5, event[1]);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    missing.add(row.getLong(1));
                }
            }
        }
        return missing;
    }
}
