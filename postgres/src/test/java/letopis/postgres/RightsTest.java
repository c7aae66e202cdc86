package letopis.postgres;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServers;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rights that the docs name are enough, and whoever has none of them is told so. */
class RightsTest {
    private static void execute(HikariDataSource pool, String sql) throws Exception {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void applicationWorksWithTheRightsThatTheDocsName() throws Exception {
        String rights;
        try (InputStream file = Objects.requireNonNull(RightsTest.class.getResourceAsStream("/rights.sql"))) {
            rights = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (HikariDataSource owner = Databases.pool(DatabaseServers.postgres().createDatabase(), 3)) {
            PostgresEventStore.open(owner).close();
            execute(owner, "drop role if exists application");
            execute(owner, "create role application login");
            try (HikariDataSource pool = Databases.pool(
                    owner.getJdbcUrl().replaceAll("user=\\w+", "user=application"), 5)) {
                assertThatThrownBy(() -> PostgresEventStore.open(pool, SqlOptions.DEFAULT.withoutMigration()))
                        .isInstanceOf(StoreUnusableException.class);
                execute(owner, rights);
                work(pool);
            }
            execute(owner, "drop owned by application");
            execute(owner, "drop role application");
        }
    }

    private static void work(HikariDataSource pool) throws Exception {
        Append append = Append.to("order-1").of(Event.of("Happened", "{}").withTags("a:b"), Event.of("Shipped", "{}"));
        try (SqlEventStore store = PostgresEventStore.open(pool, SqlOptions.DEFAULT.withoutMigration())) {
            store.append(append);
            store.append(append);
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                store.append(connection, Append.to("order-2").of(Event.of("Happened", "{}")));
                connection.commit();
            }
            store.forget(Forget.before("order-1", 1));
            assertThat(store.scavenge(_ -> {})).isEqualTo(1);
            try (Reading reading = store.read(Read.all())) {
                assertThat(reading.toList()).hasSize(2);
            }
            assertThat(store.health().complaint()).isEmpty();
        }
    }
}
