package letopis.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a process knows of the partitions that are there, so that it need not ask before each append. Safe for any number of threads. */
final class PartitionsAhead {
    /** Whoever holds the table for longer than this is let alone; the partition is made some other time. */
    private static final String PATIENCE = "1s";

    private final Partitions partitions;
    /** Up to this position there were partitions that were committed. */
    private volatile long known;

    PartitionsAhead(Partitions partitions) {
        this.partitions = partitions;
    }

    Partitions partitions() {
        return partitions;
    }

    /** Whether there is room for events with these positions; on a connection without a transaction. */
    boolean roomFor(Connection connection, long from, long position) throws SQLException {
        if (position <= known) {
            return true;
        }
        boolean there = partitions.areThere(connection, from, position);
        if (there) {
            known = partitions.first(position) + partitions.events() - 1;
        }
        return there;
    }

    /** Makes the partition behind that of the next position; on a connection without a transaction. */
    void make(Connection connection, long head) throws SQLException {
        long upTo = Math.addExact(head + 1, partitions.events());
        if (upTo <= known) {
            return;
        }
        if (!partitions.areThere(connection, head + 1, upTo)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '" + PATIENCE + "'");
                partitions.make(connection, head + 1, upTo);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        known = partitions.first(upTo) + partitions.events() - 1;
    }
}
