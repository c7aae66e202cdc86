package letopis.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServers;
import letopis.servers.PostgresServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Event;
import letopis.store.EventIdTakenException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The table of events in partitions: how they come, what goes on to be unique, and what can be done with old ones. */
class PartitionsTest {
    private static final long EVENTS = 10;

    private final SqlOptions options = Databases.fresh();

    private static Event event() {
        return Event.of("Happened", "{\"n\":1}").withTags("a:b");
    }

    private static Append several(String stream, int events) {
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(event());
        }
        return Append.to(stream).of(all);
    }

    private static List<String> partitions(HikariDataSource pool, String schema) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select c.relname from pg_inherits i join pg_class c on c.oid ="
                        + " i.inhrelid where i.inhparent = '" + schema + ".event'::regclass order by c.oid")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static void execute(HikariDataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<Long> positions(SqlEventStore store, Read read) {
        try (Reading reading = store.read(read)) {
            return reading.toList().stream().map(RecordedEvent::position).toList();
        }
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to wait").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static boolean has(HikariDataSource pool, String schema, String partition) {
        try {
            return partitions(pool, schema).contains(partition);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static HikariDataSource pool() {
        return Databases.pool(DatabaseServers.postgres().createDatabase(), 8);
    }

    @Test
    void partitionsAreMadeAheadAndByWhoeverOutrunsThem() throws Exception {
        try (HikariDataSource pool = pool();
                SqlEventStore store = PostgresEventStore.openPartitioned(pool, options, EVENTS)) {
            assertThat(partitions(pool, options.schema())).containsExactly("event_from_1", "event_from_11");
            store.append(several("a-1", 10));
            await(() -> has(pool, options.schema(), "event_from_21")); // nobody has asked for it

            store.append(several("a-1", 75));
            assertThat(partitions(pool, options.schema())).contains("event_from_31", "event_from_81");
            assertThat(positions(store, Read.all())).hasSize(85);
            assertThat(positions(store, Read.stream("a-1").backwards().limit(12)).getLast()).isEqualTo(74);
            assertThat(positions(store, Read.of(Query.tag("a:b")).limit(30)).getLast()).isEqualTo(30);
            assertThat(store.health().complaint()).isEmpty();
        }
    }

    @Test
    void usersTransactionMakesThePartitionThatItNeedsOrNoneIfItIsRolledBack() throws Exception {
        try (HikariDataSource pool = pool();
                SqlEventStore store = PostgresEventStore.openPartitioned(pool, options, EVENTS);
                Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            store.append(connection, several("a-1", 45));
            connection.rollback();
            assertThat(store.append(several("a-1", 45)).position()).isEqualTo(45);
            store.append(connection, several("a-1", 45));
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(positions(store, Read.all())).hasSize(90);
        }
    }

    @Test
    void idsAreUniqueAcrossPartitionsHoweverOld() throws Exception {
        Append first = several("a-1", 3);
        try (HikariDataSource pool = pool()) {
            Appended appended;
            try (SqlEventStore store = PostgresEventStore.openPartitioned(pool, options, EVENTS)) {
                appended = store.append(first);
                store.append(several("b-1", 60));
            }
            try (SqlEventStore store = PostgresEventStore.open(pool, options)) { // knows by itself how it was made
                assertThat(store.append(first)).isEqualTo(appended);
                Event old = first.entries().getFirst().event();
                assertThatThrownBy(() -> store.append(Append.to("c-1").of(old)))
                        .isInstanceOf(EventIdTakenException.class);
                assertThatThrownBy(() -> store.append(Append.to("a-1").of(old, event())))
                        .isInstanceOf(EventIdTakenException.class);
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    assertThat(store.append(connection, first)).isEqualTo(appended);
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                assertThat(store.head()).isEqualTo(63);
            }
        }
    }

    /** Nothing but the position keeps a stream's revisions apart: a writer who knows an older head must meet that key. */
    @Test
    void writerWhoKnowsAnOlderHeadIsRefusedByTheKeyOfPositions() throws Exception {
        var dialect = new PostgresDialect(options.schema(), Optional.of(EVENTS));
        try (HikariDataSource pool = pool();
                SqlEventStore store = PostgresEventStore.openPartitioned(pool, options, EVENTS);
                Connection connection = pool.getConnection()) {
            store.append(several("a-1", 12));
            var stale = new RecordedEvent("a-1", 11, 12, Instant.now(), event());
            assertThatThrownBy(() -> dialect.insert(connection, List.of(stale))).isInstanceOf(SQLException.class)
                    .hasMessageContaining("pkey");
            assertThat(dialect.insertAtHead(connection, 11, 0, List.of(stale), Duration.ofSeconds(1))).isFalse();
            assertThat(positions(store, Read.stream("a-1"))).hasSize(12);
        }
    }

    @Test
    void oldPartitionIsMovedToAnotherTablespaceAndReadAsBefore() throws Exception {
        try (PostgresServer server = PostgresServer.launch(Map.of("allow_in_place_tablespaces", "on"));
                HikariDataSource pool = Databases.pool(server.createDatabase(), 8);
                SqlEventStore store = PostgresEventStore.openPartitioned(pool, options, EVENTS)) {
            store.append(several("a-1", 25));
            execute(pool, "create tablespace slow location ''",
                    "alter table " + options.schema() + ".event_from_1 set tablespace slow");
            store.append(several("a-1", 5));
            assertThat(positions(store, Read.all())).hasSize(30);
        }
    }

    @Test
    void whoMayNotMakePartitionsIsToldBeforeTheyEnd() throws Exception {
        String schema = options.schema();
        try (HikariDataSource pool = pool()) {
            PostgresEventStore.openPartitioned(pool, options, EVENTS).close();
            String user = "u_" + schema;
            execute(pool, "create role " + user + " login", "grant usage on schema " + schema + " to " + user,
                    "grant select, insert, update, delete on all tables in schema " + schema + " to " + user);
            try (HikariDataSource his = Databases.pool(pool.getJdbcUrl().replaceAll("user=\\w+", "user=" + user), 4);
                    SqlEventStore store = PostgresEventStore.open(his, options.withoutMigration())) {
                store.append(several("a-1", 12));
                await(() -> store.health().complaint().isPresent());
                assertThat(store.health().complaint().orElseThrow()).contains("permission denied");
                for (String sql : new Partitions(letopis.sql.dialect.Tables.startingWith(schema + "."), EVENTS)
                        .statements(21)) {
                    execute(pool, sql);
                }
                execute(pool, "grant all on " + schema + ".event_from_21 to " + user);
                assertThat(store.append(several("a-1", 10)).position()).isEqualTo(22);
            }
        }
    }
}
