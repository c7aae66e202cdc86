package letopis.benchmarks.contender;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * SQLite as a team would write it: one table, unique by stream and revision, journal mode WAL, synchronous FULL. One connection
 * for all writers behind a lock, one transaction an append; one connection for the reader. The cache of each has 64 MiB, and
 * reads go through memory maps. Tags and types are indexed in filled stores whose events have tags, and not elsewhere.
 */
final class SqliteContender implements Contender {
    private static final String COLUMNS = "stream, revision, id, type, time, data, metadata";
    private static final String READ = "select revision, id, type, data, metadata, stream, position, time from events ";

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection writer;
    private final Connection reader;
    private final PreparedStatement last;
    private final PreparedStatement insert;
    private final PreparedStatement byStream;

    SqliteContender(Path directory) {
        try {
            Files.createDirectories(directory);
            String url = "jdbc:sqlite:" + directory.resolve("events.db");
            writer = open(url);
            try (Statement statement = writer.createStatement()) {
                statement
                        .execute("create table if not exists events(position integer primary key, stream text not null,"
                                + " revision integer not null, id blob not null, type text not null, time integer not null,"
                                + " data blob not null, metadata blob not null, unique(stream, revision))");
                statement.execute("create table if not exists tags(tag text not null, position integer not null,"
                        + " primary key(tag, position)) without rowid");
            }
            writer.setAutoCommit(false);
            reader = open(url);
            last = writer.prepareStatement("select max(revision) from events where stream = ?");
            insert = writer.prepareStatement("insert into events(" + COLUMNS + ") values (?,?,?,?,?,?,?)");
            byStream = reader.prepareStatement(READ + "where stream = ? order by revision");
        } catch (Exception e) {
            throw new IllegalStateException("SQLite did not open in " + directory, e);
        }
    }

    private static Connection open(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("pragma cache_size = -65536");
            statement.execute("pragma mmap_size = 8589934592");
        }
        return connection;
    }

    @Override
    public long append(String stream, long expectedRevision, List<Sample> events) throws StaleRevisionException {
        lock.lock();
        try {
            last.setString(1, stream);
            long revision;
            try (ResultSet row = last.executeQuery()) {
                row.next();
                revision = row.getLong(1);
                revision = row.wasNull() ? -1 : revision;
            }
            if (revision != expectedRevision) {
                writer.rollback();
                throw new StaleRevisionException(revision);
            }
            for (Sample event : events) {
                insert(stream, ++revision, event);
            }
            writer.commit();
            return revision;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    private void insert(String stream, long revision, Sample event) throws SQLException {
        insert.setString(1, stream);
        insert.setLong(2, revision);
        insert.setBytes(3, bytes(event.id()));
        insert.setString(4, event.type());
        insert.setLong(5, System.currentTimeMillis());
        insert.setBytes(6, event.data());
        insert.setBytes(7, event.metadata());
        insert.executeUpdate();
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public void fill(Filling filling) throws Exception {
        try (PreparedStatement tag = writer.prepareStatement("insert into tags(tag, position) values (?,?)")) {
            long[] position = {0};
            filling.into(batch -> {
                long revision = batch.expectedRevision();
                for (Sample event : batch.events()) {
                    insert(batch.stream(), ++revision, event);
                    position[0]++;
                    for (String each : event.tags()) {
                        tag.setString(1, each);
                        tag.setLong(2, position[0]);
                        tag.executeUpdate();
                    }
                    if (position[0] % 20_000 == 0) {
                        writer.commit();
                    }
                }
            });
        }
        writer.commit();
        if (filling.layout() == Filling.Layout.SCATTERED) {
            try (Statement statement = writer.createStatement()) {
                statement.execute("create index events_type on events(type)");
            }
            writer.commit();
        }
        writer.setAutoCommit(true);
        try (Statement statement = writer.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
        writer.setAutoCommit(false);
    }

    @Override
    public void load(String stream, Tally tally) {
        try {
            byStream.setString(1, stream);
            read(byStream, tally);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void readAll(Tally tally) {
        query(READ + "order by position", null, tally);
    }

    @Override
    public void readTag(String tag, Tally tally) {
        query(READ + "where position in (select position from tags where tag = ?) order by position", tag, tally);
    }

    @Override
    public void readType(String type, Tally tally) {
        query(READ + "where type = ? order by position", type, tally);
    }

    private void query(String sql, @org.jspecify.annotations.Nullable String argument, Tally tally) {
        try (PreparedStatement statement = reader.prepareStatement(sql)) {
            if (argument != null) {
                statement.setString(1, argument);
            }
            read(statement, tally);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(PreparedStatement statement, Tally tally) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                row.getBytes(2);
                row.getString(6);
                row.getLong(7);
                row.getLong(8);
                tally.add(row.getLong(1), row.getBytes(4).length, row.getBytes(5).length, row.getString(3).length());
            }
        }
    }

    @Override
    public void close() {
        try (writer; reader) {
            writer.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
