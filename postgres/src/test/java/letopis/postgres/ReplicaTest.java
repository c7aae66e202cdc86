package letopis.postgres;

import java.time.Duration;
import java.util.Optional;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.PostgresServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.NotSupportedException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that follows another one is read from, and followed, as it is; no listening is to be had there. */
class ReplicaTest {
    private static Append append() {
        return Append.to("order-1").of(Event.of("Happened", "{}"));
    }

    @Test
    void readersAndSubscribersOfAReplicaSeeWhatItHas() throws Exception {
        try (PostgresServer primary = PostgresServer.launch();
                HikariDataSource written = Databases.pool(primary.jdbcUrl(), 4);
                SqlEventStore writer = PostgresEventStore.open(written)) {
            writer.append(append());
            try (PostgresServer replica = primary.replica();
                    HikariDataSource read = Databases.pool(replica.jdbcUrl(), 4);
                    SqlEventStore reader = PostgresEventStore.open(read, SqlOptions.DEFAULT);
                    Subscription subscription = reader.subscribe(Query.all(), 0)) {
                assertThat(subscription.next()).isInstanceOf(Signal.Delivered.class);
                assertThat(subscription.next()).isInstanceOf(Signal.CaughtUp.class);

                writer.append(append());

                Optional<Signal> next = subscription.poll(Duration.ofMinutes(1));
                assertThat(next).containsInstanceOf(Signal.Delivered.class);
                try (Reading reading = reader.read(Read.all())) {
                    assertThat(reading.toList()).hasSize(2);
                }
                assertThat(reader.health().complaint()).isEmpty();
                assertThatThrownBy(() -> reader.append(append())).isInstanceOf(NotSupportedException.class);
            }
        }
    }
}
