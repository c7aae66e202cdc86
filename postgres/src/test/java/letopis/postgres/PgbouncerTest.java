package letopis.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServer;
import letopis.servers.PgbouncerServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.trial.SqlTrial;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store leaves behind, and does without, where each of its transactions may go to another session of the server. */
class PgbouncerTest implements PgbouncerTrial {
    /** More than there are connections to the server, which are handed out in turn. */
    private static final int ALL_SESSIONS = 40;

    @Test
    void poolerSharesSessionsBetweenTransactions() throws Exception {
        try (HikariDataSource pool = SqlTrial.pool(url(), 4); Connection connection = pool.getConnection()) {
            Set<Long> sessions = new HashSet<>();
            keepBusy(pool);
            for (int i = 0; i < ALL_SESSIONS; i++) {
                sessions.add(number(connection, "select pg_backend_pid()"));
            }
            assertThat(sessions).as("sessions that one connection spoke to").hasSizeGreaterThan(1);
        }
    }

    @Test
    void storesTakeTurnsAndLeaveNothingInTheSessions() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 12);
                SqlEventStore one = open(pool, options);
                SqlEventStore two = open(pool, options);
                Subscription subscription = two.subscribe(Query.all(), 0)) {
            keepBusy(pool);
            List<CompletableFuture<Appended>> grouped = new ArrayList<>();
            List<UUID> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Append append = SqlTrial.append("a-" + i % 5);
                sent.add(append.entries().getFirst().event().id());
                grouped.add((i % 2 == 0 ? one : two).submit(append));
            }
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                Append append = SqlTrial.append("a-1");
                sent.add(append.entries().getFirst().event().id());
                one.append(connection, append);
                connection.commit();
                connection.setAutoCommit(true);
            }
            for (CompletableFuture<Appended> answer : grouped) {
                answer.get(60, TimeUnit.SECONDS);
            }
            List<UUID> stored = SqlTrial.all(one).stream().map(RecordedEvent::id).toList();
            assertThat(stored).containsExactlyInAnyOrderElementsOf(sent);
            List<UUID> delivered = new ArrayList<>();
            while (subscription.position() < stored.size()) {
                if (subscription.next() instanceof Signal.Delivered it) {
                    delivered.add(it.event().id());
                }
            }
            assertThat(delivered).isEqualTo(stored);

            try (Connection connection = pool.getConnection()) {
                for (int i = 0; i < ALL_SESSIONS; i++) {
                    assertThat(number(connection, "select count(*) from pg_listening_channels()"))
                            .as("channels that a shared session listens to")
                            .isZero();
                }
                assertThat(number(connection, "select count(*) from pg_locks where locktype = 'advisory' and database"
                        + " = (select oid from pg_database where datname = current_database()) and pid in (select pid"
                        + " from pg_stat_activity where state = 'idle')"))
                        .as("locks that outlive their transaction")
                        .isZero();
            }
        }
    }

    @Test
    void newsOfOthersIsPolledForAndTellsThoseThatListenDirectly() throws Exception {
        SqlOptions options = fresh().withPollEvery(Duration.ofMillis(20));
        try (PgbouncerServer server = PgbouncerServer.launch()) {
            String url = server.createDatabase();
            String direct = server.postgres().jdbcUrl(url.replaceAll(".*/(\\w+)\\?.*", "$1"));
            try (HikariDataSource pool = SqlTrial.pool(url, 6);
                    HikariDataSource straight = SqlTrial.pool(direct, 6);
                    SqlEventStore writer = open(pool, options);
                    SqlEventStore polling = open(pool, options);
                    SqlEventStore listening = open(straight, options.withPollEvery(Duration.ofHours(1)))) {
                assertThat(medianDelay(writer, polling)).as("median delay of what is polled for")
                        .isLessThan(Duration.ofMillis(350));
                assertThat(medianDelay(writer, listening)).as("median delay of what is pushed")
                        .isLessThan(Duration.ofMillis(350));
            }
        }
    }

    @Test
    void poolerThatKnowsNothingOfPreparedStatementsNeedsADriverThatPreparesNone() throws Exception {
        try (DatabaseServer server = PgbouncerServer.launch(Map.of("max_prepared_statements", "0"));
                HikariDataSource pool = SqlTrial.pool(server.createDatabase() + "&prepareThreshold=0", 6);
                SqlEventStore store = open(pool, fresh())) {
            keepBusy(pool);
            for (int i = 0; i < 100; i++) {
                store.append(Append.to("a-1").of(SqlTrial.event("X", "t:" + i)));
            }
            assertThat(SqlTrial.all(store)).hasSize(100);
        }
    }

    /** How long events take from one process to another. */
    private static Duration medianDelay(SqlEventStore writer, SqlEventStore reader) throws Exception {
        List<Long> nanos = new ArrayList<>();
        try (Subscription subscription = reader.subscribe(Query.all(), reader.head())) {
            for (int i = 0; i < 15; i++) {
                long position = writer.append(SqlTrial.append("a-1")).position();
                long begin = System.nanoTime();
                while (subscription.position() < position) {
                    subscription.next();
                }
                nanos.add(System.nanoTime() - begin);
            }
        }
        nanos.sort(null);
        return Duration.ofNanos(nanos.get(nanos.size() / 2));
    }

    /** Makes the pooler open connections to the server: it opens no second one as long as nobody waits for it. */
    private static void keepBusy(HikariDataSource pool) throws Exception {
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asking.add(Thread.ofVirtual().start(() -> {
                try (Connection connection = pool.getConnection()) {
                    number(connection, "select count(*) from (select pg_sleep(0.2)) s");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread one : asking) {
            one.join();
        }
    }

    private static long number(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
