package letopis.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.KnownId;
import letopis.sql.dialect.Migration;
import letopis.sql.dialect.StreamEnd;
import letopis.sql.dialect.Tables;
import letopis.sql.dialect.Trouble;
import letopis.sql.dialect.Wakeups;
import letopis.store.Limits;
import letopis.store.RecordedEvent;

/**
 * MySQL and MariaDB: what differs between the two is in {@link MysqlServer}.
 *
 * <p>The turn is a lock on the store's one row. A transaction's first look at the tables comes after it, so that under either of the
 * usual isolations it sees all that was committed before; only in a transaction of the user's that has looked before, queries
 * must be told to see the newest. Nothing is set on a connection, so nothing need be set back.
 */
final class MysqlDialect implements Dialect {
    private static final int ENDS_AT_ONCE = 64;
    private static final int IDS_AT_ONCE = 1_000;
    private static final int MIGRATING_SECONDS = 600;
    /** A statement has an event with every byte escaped, and names and tags beside it. */
    private static final int PACKET_FACTOR = 2;
    private static final int PACKET_REST = 256 << 10;

    private final MysqlServer server;
    private final String prefix;
    private final Limits limits;
    private final Tables tables;
    private final MysqlInsert insert;

    MysqlDialect(MysqlServer server, String prefix, Limits limits) {
        this.server = server;
        this.prefix = prefix;
        this.limits = limits;
        this.tables = Tables.startingWith(prefix + "_");
        this.insert = new MysqlInsert(tables);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the store's limits are larger than the columns, or than what the server takes
     */
    @Override
    public MysqlDialect of(Connection connection) throws SQLException {
        long packet = number(connection, "select @@max_allowed_packet");
        if (limits.maxStreamNameBytes() > MysqlSchema.MAX_STREAM || Math.max(limits.maxTypeBytes(),
                Math.max(limits.maxContentTypeBytes(), limits.maxTagBytes())) > MysqlSchema.MAX_NAME) {
            throw new IllegalArgumentException("the tables hold streams of " + MysqlSchema.MAX_STREAM
                    + " bytes, and types, content types and tags of " + MysqlSchema.MAX_NAME + "; not " + limits);
        }
        if ((long) limits.maxEventBytes() * PACKET_FACTOR + PACKET_REST > packet) {
            throw new IllegalArgumentException("an event of " + limits.maxEventBytes() + " bytes may not fit into a"
                    + " packet of " + packet + "; raise the server's max_allowed_packet, or lower maxEventBytes");
        }
        return new MysqlDialect(MysqlServer.of(connection.getMetaData()), prefix, limits);
    }

    @Override
    public String product() {
        return server.product();
    }

    @Override
    public Tables tables() {
        return tables;
    }

    @Override
    public Trouble trouble(SQLException error) {
        return MysqlErrors.trouble(error);
    }

    @Override
    public List<Migration> migrations() {
        return MysqlSchema.migrations(server, tables);
    }

    @Override
    public void lockMigrations(Connection connection) throws SQLException {
        if (number(connection, "select get_lock(" + migrating() + ", " + MIGRATING_SECONDS + ")") != 1) {
            throw new SQLException("others migrate the schema for more than " + MIGRATING_SECONDS + " s");
        }
    }

    @Override
    public void unlockMigrations(Connection connection) throws SQLException {
        number(connection, "select release_lock(" + migrating() + ")");
    }

    /** Names of locks are of the whole server, and not long. */
    private String migrating() {
        return "concat('letopis ', left(sha2(concat(database(), '.', '" + prefix + "'), 256), 40))";
    }

    @Override
    public boolean exists(Connection connection, String table) throws SQLException {
        return number(connection, "select count(*) from information_schema.tables where table_schema = database()"
                + " and table_name = '" + table + "'") > 0;
    }

    @Override
    public boolean isReadOnly(Connection connection) throws SQLException {
        return number(connection, "select @@global.read_only or @@session." + server.readOnlyTransactions()) != 0
                || connection.isReadOnly(); // MySQL's super_read_only implies the first
    }

    @Override
    public void takeTurn(Connection connection, Duration atMost) throws SQLException {
        number(connection, server.lock(tables.store(), atMost));
    }

    @Override
    public Optional<String> turnHolder(Connection connection) throws SQLException {
        try {
            number(connection, server.lockIfFree(tables.store()));
            return Optional.empty();
        } catch (SQLException e) {
            if (trouble(e) != Trouble.TURN_TAKEN) {
                return Optional.empty(); // who may only read cannot know
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(server.holders(tables.store()))) {
            return row.next()
                    ? Optional.of("connection " + row.getLong(1) + " (user " + row.getString(2) + ", host "
                            + row.getString(3) + ", " + row.getString(4) + "), in a transaction for " + row.getLong(5)
                            + " s")
                    : Optional.of("a transaction that has ended, or belongs to another user");
        } catch (SQLException e) {
            if (trouble(e) == Trouble.PERMISSION) {
                return Optional.of("a transaction that only users with the privilege PROCESS can name");
            }
            throw e;
        }
    }

    @Override
    public void insert(Connection connection, List<RecordedEvent> events) throws SQLException {
        insert.insert(connection, events);
    }

    @Override
    public boolean insertAtHead(Connection connection, long head, long forgets, List<RecordedEvent> events,
            Duration turnAtMost) throws SQLException {
        return head > 0 && insert.atHead(connection, head, forgets, events); // nobody waits: the turn is free, or it is not at the head
    }

    @Override
    public String seeingTheNewest() {
        return server.share();
    }

    @Override
    public List<StreamEnd> streamEnds(Connection connection, Collection<String> streams, boolean newest)
            throws SQLException {
        List<String> names = List.copyOf(streams);
        List<StreamEnd> ends = new ArrayList<>();
        for (int i = 0; i < names.size(); i += ENDS_AT_ONCE) {
            List<String> some = names.subList(i, Math.min(i + ENDS_AT_ONCE, names.size()));
            String one = "(select stream, revision, position, recorded_micros from " + tables.event()
                    + " where stream = ? order by revision desc limit 1" + (newest ? server.share() : "") + ")";
            String sql = one + (" union all " + one).repeat(some.size() - 1);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int j = 0; j < some.size(); j++) {
                    statement.setString(j + 1, some.get(j));
                }
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        ends.add(new StreamEnd(row.getString(1), row.getLong(2), row.getLong(3),
                                MysqlRow.time(row.getLong(4))));
                    }
                }
            }
        }
        return ends;
    }

    /** The servers look for the smallest name behind another by reading all that are: each name would cost a scan. */
    @Override
    public String streamNames() {
        return "select stream from " + tables.event()
                + " where stream >= ? and stream > ? group by stream order by stream limit ?";
    }

    @Override
    public List<KnownId> knownIds(Connection connection, Collection<UUID> ids, boolean newest) throws SQLException {
        List<UUID> wanted = List.copyOf(ids);
        List<KnownId> known = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i += IDS_AT_ONCE) {
            List<UUID> some = wanted.subList(i, Math.min(i + IDS_AT_ONCE, wanted.size()));
            var sql = new StringJoiner(", ", "select id, stream, revision, position from " + tables.event()
                    + " where id in (", ")" + (newest ? server.share() : ""));
            some.forEach(_ -> sql.add("?"));
            try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
                for (int j = 0; j < some.size(); j++) {
                    setUuid(statement, j + 1, some.get(j));
                }
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        known.add(new KnownId(MysqlRow.uuid(row, 1), row.getString(2), row.getLong(3), row.getLong(4)));
                    }
                }
            }
        }
        return known;
    }

    @Override
    public String eventColumns(String alias) {
        return MysqlRow.columns(alias);
    }

    @Override
    public int eventColumnCount() {
        return MysqlRow.COLUMNS;
    }

    @Override
    public RecordedEvent event(ResultSet row, int first) throws SQLException {
        return MysqlRow.event(row, first);
    }

    @Override
    public String recordedMicros(String alias) {
        return alias + ".recorded_micros";
    }

    @Override
    public String erasing() {
        return "set data = '', data_readable = false, metadata = '', metadata_readable = false, tags = '[]'";
    }

    private static void setUuid(PreparedStatement statement, int parameter, UUID id) throws SQLException {
        statement.setBytes(parameter, MysqlInsert.bytes(id));
    }

    /** Neither server pushes. */
    @Override
    public Optional<Wakeups> listen(Connection connection, String self) {
        return Optional.empty();
    }

    @Override
    public void tell(Connection connection) {}

    @Override
    public void tellOthers(Connection connection, String self) {}

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("no row: " + sql);
            }
            return row.getLong(1);
        }
    }
}
