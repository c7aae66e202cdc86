package letopis.benchmarks.contender;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * A table of PostgreSQL or MySQL as a team would write it: unique by stream and revision, a pool of connections, one transaction an
 * append. An append of one event is one statement, which selects the last revision and inserts the next; of several, a select
 * and a batch. Positions are a sequence, so they are not the order of commits: that such a table can be followed without losing
 * events takes more than is measured here.
 */
final class TableContender implements Contender {
    private static final String INSERT = "insert into events(stream, revision, id, type, data, metadata)";
    private static final String READ = "select revision, id, type, data, metadata, stream, position, time from events ";

    private final Table table;
    private final DataSource pool;
    private final AutoCloseable server;

    private TableContender(Table table, DataSource pool, AutoCloseable server) {
        this.table = table;
        this.pool = pool;
        this.server = server;
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(table.create);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static TableContender onPostgres(Path directory) {
        var server = new PostgresServer(directory);
        return new TableContender(Table.POSTGRES, server.pool(), server);
    }

    static TableContender onMysql(Path directory) {
        var server = new MysqlPool(directory);
        return new TableContender(Table.MYSQL, server.pool(), server);
    }

    @Override
    public long append(String stream, long expectedRevision, List<Sample> events) throws StaleRevisionException {
        try (Connection connection = pool.getConnection()) {
            boolean written = events.size() == 1
                    ? appendOne(connection, stream, expectedRevision, events.getFirst())
                    : appendAll(connection, stream, expectedRevision, events);
            if (!written) {
                throw new StaleRevisionException(revision(connection, stream));
            }
            return expectedRevision + events.size();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean appendOne(Connection connection, String stream, long expected, Sample event)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT + " select ?,?,?,?,?,?"
                + " where (select coalesce(max(revision), -1) from events where stream = ?) = ?")) {
            set(insert, stream, expected + 1, event);
            insert.setString(7, stream);
            insert.setLong(8, expected);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            return refused(e);
        }
    }

    private boolean appendAll(Connection connection, String stream, long expected, List<Sample> events)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT + " values (?,?,?,?,?,?)")) {
            if (revision(connection, stream) != expected) {
                connection.rollback();
                return false;
            }
            long revision = expected;
            for (Sample event : events) {
                set(insert, stream, ++revision, event);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            return refused(e);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private boolean refused(SQLException e) throws SQLException {
        if (table.isTaken(e)) {
            return false;
        }
        throw e;
    }

    private void set(PreparedStatement insert, String stream, long revision, Sample event) throws SQLException {
        insert.setString(1, stream);
        insert.setLong(2, revision);
        table.setId(insert, 3, event.id());
        insert.setString(4, event.type());
        insert.setBytes(5, event.data());
        insert.setBytes(6, event.metadata());
    }

    private static long revision(Connection connection, String stream) throws SQLException {
        try (PreparedStatement last = connection
                .prepareStatement("select coalesce(max(revision), -1) from events where stream = ?")) {
            last.setString(1, stream);
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void fill(Filling filling) throws Exception {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT + " values (?,?,?,?,?,?)");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long[] filled = {0};
            filling.into(batch -> {
                long revision = batch.expectedRevision();
                for (Sample event : batch.events()) {
                    set(insert, batch.stream(), ++revision, event);
                    insert.addBatch();
                    if (++filled[0] % 1_000 == 0) {
                        insert.executeBatch();
                    }
                }
            });
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
            for (String sql : table.afterFilling) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void load(String stream, Tally tally) {
        query(READ + "where stream = ? order by revision", stream, tally);
    }

    @Override
    public void readAll(Tally tally) {
        query(READ + "order by position", null, tally);
    }

    private void query(String sql, @Nullable String argument, Tally tally) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(argument != null); // with a transaction rows are fetched as they are asked for
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(argument != null ? 0 : table.fetchSize);
                if (argument != null) {
                    statement.setString(1, argument);
                }
                read(statement, tally);
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(PreparedStatement statement, Tally tally) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                table.id(row, 2);
                row.getString(6);
                row.getLong(7);
                row.getTimestamp(8);
                tally.add(row.getLong(1), row.getBytes(4).length, row.getBytes(5).length, row.getString(3).length());
            }
        }
    }

    @Override
    public void readTag(String tag, Tally tally) {
        throw new UnsupportedOperationException("the hand-written table has no tags");
    }

    @Override
    public void readType(String type, Tally tally) {
        throw new UnsupportedOperationException("the hand-written table has no index of types");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
