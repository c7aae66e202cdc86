package letopis.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.PostgresServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.trial.ReadOnlyDatabaseContract;
import letopis.sql.trial.SqlTrial;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreUnusableException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A store on a replica that streams from its primary. */
class PostgresReplicaTest {
    private static final int EVENTS = 300;

    @Test
    void replicaIsReadAndFollowsItsPrimaryAndWritesOnceItIsPromoted() throws Exception {
        SqlOptions options = SqlOptions.DEFAULT.withPatience(Duration.ofSeconds(60));
        try (PostgresServer primary = PostgresServer.launch()) {
            String name = primary.createDatabase().replaceAll(".*/(\\w+)\\?.*", "$1");
            try (PostgresServer replica = primary.launchReplica();
                    HikariDataSource there = SqlTrial.pool(replica.jdbcUrl(name), 6)) {
                List<UUID> written = follow(primary.jdbcUrl(name), there, options);
                primary.kill();
                try (SqlEventStore left = PostgresEventStore.openReadOnly(there, options)) {
                    assertThat(SqlTrial.all(left)).extracting(RecordedEvent::id).isEqualTo(written);
                }
                SqlTrial.execute(there, "select pg_promote()");
                try (SqlEventStore promoted = PostgresEventStore.open(there, options)) {
                    assertThat(promoted.append(SqlTrial.append("b-1")).position()).isEqualTo(written.size() + 1);
                }
            }
        }
    }

    /** Writes at the primary what is followed at the replica; returns what was written, in order. */
    private static List<UUID> follow(String primary, HikariDataSource replica, SqlOptions options) throws Exception {
        try (HikariDataSource here = SqlTrial.pool(primary, 6);
                SqlEventStore writer = PostgresEventStore.open(here, options)) {
            long made = writer.append(SqlTrial.append("a-1")).position();
            try (SqlEventStore reader = whenThere(replica, options);
                    Subscription subscription = reader.subscribe(Query.all(), 0)) {
                ReadOnlyDatabaseContract.refusesToWrite(replica, reader);
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        writer.append(SqlTrial.append("a-" + i % 7));
                    }
                });
                List<UUID> delivered = new ArrayList<>();
                while (delivered.size() < made + EVENTS) {
                    Signal signal = subscription.poll(Duration.ofSeconds(60)).orElseThrow();
                    if (signal instanceof Signal.Delivered it) {
                        delivered.add(it.event().id());
                    }
                }
                writing.join();
                assertThat(SqlTrial.all(writer)).extracting(RecordedEvent::id).isEqualTo(delivered);
                assertThat(reader.health().complaint()).isEmpty();
                return delivered;
            }
        }
    }

    /** The schema comes to the replica a moment after it was made. */
    private static SqlEventStore whenThere(HikariDataSource replica, SqlOptions options) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                return PostgresEventStore.open(replica, options);
            } catch (StoreUnusableException e) {
                assertThat(e.reason()).isEqualTo(StoreUnusableException.Reason.NOT_FOUND);
                assertThat(System.nanoTime()).as("time to wait").isLessThan(deadline);
                Thread.sleep(50);
            }
        }
    }
}
