package letopis.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.KnownId;
import letopis.sql.dialect.Migration;
import letopis.sql.dialect.StreamEnd;
import letopis.sql.dialect.Tables;
import letopis.sql.dialect.Trouble;
import letopis.sql.dialect.Wakeups;
import letopis.store.RecordedEvent;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * PostgreSQL.
 *
 * <p>The turn is an advisory lock of the transaction, named by the table of events: it needs no row, so that no long
 * transaction elsewhere makes it slow, and it ends with the transaction, so that poolers may share connections.
 */
final class PostgresDialect implements Dialect {
    /** The first half of the lock's name: "Leto". */
    private static final int TURN = 0x4c65746f;
    private static final int MIGRATING = 0x4c65746d;
    /** In any other isolation the statement that waits for a lock has fixed before what is seen after it. */
    static final String READ_COMMITTED = "set transaction isolation level read committed; ";

    private final String schema;
    private final Tables tables;
    private final PostgresInsert insert;
    private final PostgresCopy copy;
    private final Optional<PartitionsAhead> partitions;

    PostgresDialect(String schema) {
        this(schema, Optional.empty());
    }

    /** @param partitionEvents how many events each partition has, if there are any */
    PostgresDialect(String schema, Optional<Long> partitionEvents) {
        this.schema = schema;
        this.tables = Tables.startingWith(schema + ".");
        this.insert = new PostgresInsert(tables, turn(), partitionEvents.isPresent());
        this.copy = new PostgresCopy(tables, turn(), partitionEvents.isPresent());
        this.partitions = partitionEvents.map(it -> new PartitionsAhead(new Partitions(tables, it)));
    }

    /** A store that is there says by itself whether it has partitions. */
    @Override
    public PostgresDialect of(Connection connection) throws SQLException {
        if (!exists(connection, tables.store())) {
            return this;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select to_jsonb(s) ->> 'partition_events' from " + tables.store() + " s")) {
            return row.next()
                    ? new PostgresDialect(schema, Optional.ofNullable(row.getString(1)).map(Long::valueOf))
                    : this;
        }
    }

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public Tables tables() {
        return tables;
    }

    @Override
    public Trouble trouble(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            case "23505" -> Trouble.DUPLICATE;
            case "40001", "40P01" -> Trouble.TRY_AGAIN;
            case "55P03" -> Trouble.TURN_TAKEN;
            case "53100", "53200" -> Trouble.FULL;
            case "25006" -> Trouble.READ_ONLY;
            case "42P01", "3F000", "3D000" -> Trouble.MISSING;
            case "42501", "28000", "28P01" -> Trouble.PERMISSION;
            case "57P01", "57P02", "57P03", "57P05", "53300" -> Trouble.CONNECTION;
            default -> state.startsWith("08") || error instanceof SQLTransientConnectionException
                    || error instanceof SQLNonTransientConnectionException
                            ? Trouble.CONNECTION
                            : Trouble.OTHER;
        };
    }

    @Override
    public List<Migration> migrations() {
        return PostgresSchema.migrations(schema, tables, partitions.map(PartitionsAhead::partitions));
    }

    @Override
    public void lockMigrations(Connection connection) throws SQLException {
        execute(connection,
                READ_COMMITTED + "select pg_advisory_xact_lock(" + MIGRATING + ", hashtext('" + schema + "'))");
    }

    /** A lock of the session would stay behind in it, where a pooler gives the next transaction to another one. */
    @Override
    public void unlockMigrations(Connection connection) {}

    /** Asks the catalogue itself: a session may remember that a name was not there, until its transaction ends. */
    @Override
    public boolean exists(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("select exists (select 1 from pg_catalog.pg_class c"
                        + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname || '.' || c.relname = ?)")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @Override
    public boolean isReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('transaction_read_only')::boolean")) {
            row.next();
            return row.getBoolean(1) || connection.isReadOnly(); // a replica is in the first, a pool's wish in the second
        }
    }

    private String turn() {
        return TURN + ", '" + tables.event() + "'::regclass::oid::bigint::bit(32)::integer";
    }

    @Override
    public void takeTurn(Connection connection, Duration atMost) throws SQLException {
        takeTurn(connection, atMost, "");
    }

    @Override
    public void beginTurn(Connection connection, Duration atMost) throws SQLException {
        takeTurn(connection, atMost, READ_COMMITTED);
    }

    private void takeTurn(Connection connection, Duration atMost, String first) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                first + "select set_config('lock_timeout', ?, true), pg_advisory_xact_lock(" + turn() + ")")) {
            statement.setString(1, atMost.toMillis() + 1 + "ms");
            statement.execute();
        }
    }

    @Override
    public Optional<String> turnHolder(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select a.pid, a.usename, a.application_name, a.state,"
                        + " extract(epoch from clock_timestamp() - a.xact_start)::bigint from pg_locks l"
                        + " join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' and l.granted"
                        + " and l.classid::bigint = " + TURN + " and l.objid = '" + tables.event() + "'::regclass::oid"
                        + " and l.database = (select oid from pg_database where datname = current_database())")) {
            return row.next()
                    ? Optional.of("process " + row.getInt(1) + " (user " + row.getString(2) + ", application "
                            + row.getString(3) + ", " + row.getString(4) + "), in a transaction for "
                            + row.getLong(5) + " s")
                    : Optional.empty();
        }
    }

    @Override
    public void insert(Connection connection, List<RecordedEvent> events) throws SQLException {
        if (partitions.isPresent()) {
            partitions.get()
                    .partitions()
                    .make(connection, events.getFirst().position(), events.getLast().position());
        }
        if (PostgresCopy.suits(connection, events)) {
            copy.plain(connection, events);
        } else {
            insert.plain(connection, events);
        }
    }

    @Override
    public boolean insertAtHead(Connection connection, long head, long forgets, List<RecordedEvent> events,
            Duration turnAtMost) throws SQLException {
        boolean room = partitions.isEmpty()
                || partitions.get().roomFor(connection, events.getFirst().position(), events.getLast().position());
        if (!room) {
            return false;
        }
        return PostgresCopy.suits(connection, events)
                ? copy.atHead(connection, head, forgets, events, turnAtMost)
                : insert.atHead(connection, head, forgets, events, turnAtMost);
    }

    @Override
    public void prepare(Connection connection, long head) throws SQLException {
        if (partitions.isPresent()) {
            partitions.get().make(connection, head);
        }
    }

    @Override
    public String seeingTheNewest() {
        return ""; // each statement sees what is committed, or the isolation is one that notices
    }

    @Override
    public List<StreamEnd> streamEnds(Connection connection, Collection<String> streams, boolean newest)
            throws SQLException {
        List<StreamEnd> ends = new ArrayList<>();
        Array names = connection.createArrayOf("text", streams.toArray());
        try (PreparedStatement statement = connection.prepareStatement("select e.stream, e.revision, e.position, "
                + recordedMicros("e") + " from unnest(?::text[]) s(stream) cross join lateral (select * from "
                + tables.event() + " v where v.stream = s.stream order by v.revision desc limit 1) e")) {
            statement.setArray(1, names);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ends.add(new StreamEnd(row.getString(1), row.getLong(2), row.getLong(3),
                            PostgresRow.time(row.getLong(4))));
                }
            }
        }
        return ends;
    }

    @Override
    public List<KnownId> knownIds(Connection connection, Collection<UUID> ids, boolean newest) throws SQLException {
        List<KnownId> known = new ArrayList<>();
        Array wanted = connection.createArrayOf("uuid", ids.toArray());
        try (PreparedStatement statement = connection
                .prepareStatement("select e.id, e.stream, e.revision, e.position from "
                        + (partitions.isPresent()
                                ? tables.event() + "_id k join " + tables.event()
                                        + " e on e.position = k.position where k.id = any(?)"
                                : tables.event() + " e where e.id = any(?)"))) {
            statement.setArray(1, wanted);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    known.add(new KnownId(PostgresRow.uuid(row, 1), row.getString(2), row.getLong(3), row.getLong(4)));
                }
            }
        }
        return known;
    }

    /** An aggregate takes longer to set up, though the same index answers it. */
    @Override
    public String newestPosition() {
        return "select h.position as newest from " + tables.event() + " h order by h.position desc limit 1";
    }

    @Override
    public String eventColumns(String alias) {
        return PostgresRow.columns(alias);
    }

    @Override
    public int eventColumnCount() {
        return PostgresRow.COLUMNS;
    }

    @Override
    public RecordedEvent event(ResultSet row, int first) throws SQLException {
        return PostgresRow.event(row, first);
    }

    @Override
    public String recordedMicros(String alias) {
        return "(extract(epoch from " + alias + ".recorded) * 1000000)::bigint";
    }

    @Override
    public String erasing() {
        return "set data = null, data_bytes = null, metadata = null, metadata_bytes = null, tags = '{}'";
    }

    @Override
    public Optional<Wakeups> listen(Connection connection, String self) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class) || !canListen(connection)) {
            return Optional.empty();
        }
        execute(connection, "listen " + channel());
        PGConnection pushed = connection.unwrap(PGConnection.class);
        return Optional.of(new Wakeups() {
            @Override
            public void await(Duration atMost) throws SQLException {
                long end = System.nanoTime() + atMost.toNanos();
                for (long left = atMost.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                    PGNotification[] news = pushed.getNotifications((int) left);
                    if (news == null || Stream.of(news).anyMatch(it -> !it.getParameter().equals(self))) {
                        return;
                    }
                }
            }

            @Override
            public void close() throws SQLException {
                execute(connection, "unlisten " + channel());
            }
        });
    }

    /**
     * Whether what is listened to will be heard. A replica refuses it. A pooler that stands in between may give each
     * transaction to another session of the server; he gives the client a key of his own to cancel queries with, instead of that
     * of the one session.
     */
    private static boolean canListen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery(), pg_backend_pid()")) {
            row.next();
            return !row.getBoolean(1) && row.getInt(2) == connection.unwrap(PGConnection.class).getBackendPID();
        }
    }

    @Override
    public void tell(Connection connection) throws SQLException {
        execute(connection, "notify " + channel());
    }

    /** A notification is lost in a crash, on disk or not; waiting for the disk would keep the next append from it. */
    @Override
    public void tellOthers(Connection connection, String self) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)")) {
            statement.setString(1, channel());
            statement.setString(2, self);
            statement.execute();
        }
    }

    private String channel() {
        return "letopis_" + schema;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
