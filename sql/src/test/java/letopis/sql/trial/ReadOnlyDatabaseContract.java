package letopis.sql.trial;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Capability;
import letopis.store.Forget;
import letopis.store.NotSupportedException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreUnusableException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a store does in a database that takes no writes, for a while or for ever. */
public interface ReadOnlyDatabaseContract extends SqlTrial {
    /** The statements after which the server takes no writes of an application. */
    List<String> endWrites();

    /** The statements after which it takes them again. */
    List<String> allowWrites();

    /** The same database, for a user who has no more rights than an application needs. */
    default String asApplication(DatabaseServer server, String url) throws Exception {
        return url;
    }

    @Test
    default void databaseThatTakesNoWritesIsReadAndFollowedAndRefusesAppendsWithARemedy() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofSeconds(2));
        try (DatabaseServer server = launch()) {
            String url = asApplication(server, server.createDatabase());
            try (HikariDataSource pool = SqlTrial.pool(url, 8); SqlEventStore early = open(pool, options)) {
                early.append(SqlTrial.append("a-1"));
                SqlTrial.execute(server.dataSource(), endWrites().toArray(String[]::new));
                pool.getHikariPoolMXBean().softEvictConnections();
                try (HikariDataSource other = SqlTrial.pool(url, 8);
                        SqlEventStore late = open(other, options);
                        Subscription subscription = late.subscribe(Query.all(), 0)) {
                    assertThat(SqlTrial.all(late)).hasSize(1);
                    assertThat(subscription.next()).isInstanceOf(Signal.Delivered.class);
                    assertThat(subscription.next()).isInstanceOf(Signal.CaughtUp.class);
                    refusesToWrite(other, late);

                    assertThatThrownBy(() -> early.append(SqlTrial.append("a-1")))
                            .isInstanceOf(StoreUnusableException.class)
                            .hasMessageContaining("takes no writes")
                            .hasMessageContaining("connect to the primary");
                    assertThat(SqlTrial.all(early)).as("what is there after a refusal").hasSize(1);

                    SqlTrial.execute(server.dataSource(), allowWrites().toArray(String[]::new));
                    pool.getHikariPoolMXBean().softEvictConnections();
                    assertThat(early.append(SqlTrial.append("a-1")).revision("a-1")).isEqualTo(1);
                    assertThat(subscription.poll(Duration.ofSeconds(30)))
                            .hasValueSatisfying(it -> assertThat(it).isInstanceOf(Signal.Delivered.class));
                    assertThat(SqlTrial.all(late)).extracting(RecordedEvent::revision).containsExactly(0L, 1L);
                }
            }
        }
    }

    @Test
    default void poolOfReadOnlyConnectionsOpensAStoreThatOnlyReads() throws Exception {
        SqlOptions options = fresh();
        HikariConfig readOnly = new HikariConfig();
        readOnly.setJdbcUrl(url());
        readOnly.setReadOnly(true);
        try (HikariDataSource pool = SqlTrial.pool(url(), 6);
                HikariDataSource reading = new HikariDataSource(readOnly);
                SqlEventStore writer = open(pool, options);
                SqlEventStore reader = open(reading, options);
                Subscription subscription = reader.subscribe(Query.all(), 0)) {
            writer.append(SqlTrial.append("a-1"));
            while (!(subscription.next() instanceof Signal.Delivered)) { // until it is there
                assertThat(reader.health().complaint()).isEmpty();
            }
            refusesToWrite(reading, reader);
        }
    }

    /** Every way to write is refused at once, in words that say what to do. */
    static void refusesToWrite(HikariDataSource pool, SqlEventStore store) throws Exception {
        assertThat(store.capabilities()).doesNotContain(Capability.APPEND, Capability.FORGET);
        assertThatThrownBy(() -> store.append(SqlTrial.append("a-1"))).isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("takes no writes")
                .hasMessageContaining("open it at the primary");
        assertThat(store.submit(SqlTrial.append("a-1"))).completesExceptionallyWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> store.forget(new Forget.Delete("a-1"))).isInstanceOf(NotSupportedException.class);
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> store.append(connection, SqlTrial.append("a-1")))
                    .isInstanceOf(NotSupportedException.class);
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
