package letopis.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The rights that docs/operations.md names are enough. */
class RightsTest {
    private static final List<String> RIGHTS = List.of("select on letopis_migration",
            "select, insert, update on letopis_event", "select, insert, delete on letopis_event_tag",
            "select, update on letopis_store", "select, insert, delete on letopis_stream_rule");

    @ParameterizedTest
    @EnumSource
    void applicationWorksWithTheRightsThatTheDocsName(Databases databases) throws SQLException {
        try (HikariDataSource owner = databases.make()) {
            MysqlEventStore.open(owner).close();
            try (Connection connection = owner.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("drop user if exists application");
                statement.execute("create user application identified by 'a'");
                for (String right : RIGHTS) {
                    statement.execute("grant " + right.replaceFirst(" on ", " on " + connection.getCatalog() + ".")
                            + " to application");
                }
            }
            try (HikariDataSource pool = new HikariDataSource()) {
                pool.setJdbcUrl(owner.getJdbcUrl().replace("user=root", "user=application&password=a"));
                pool.setMaximumPoolSize(5);
                work(pool);
            }
        }
    }

    private static void work(HikariDataSource pool) throws SQLException {
        Append append = Append.to("order-1").of(Event.of("Happened", "{}").withTags("a:b"), Event.of("Shipped", "{}"));
        try (SqlEventStore store = MysqlEventStore.open(pool, SqlOptions.DEFAULT.withoutMigration())) {
            store.append(append);
            store.append(append);
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                store.append(connection,
                        Append.to("order-2").of(Event.of("Happened", "{}")).failIfEventsMatch(Query.tag("c:d")));
                connection.commit();
            }
            store.forget(Forget.before("order-1", 1));
            assertThat(store.scavenge(_ -> {})).isEqualTo(1);
            assertThat(store.head()).isEqualTo(3);
            assertThat(store.health().complaint()).isEmpty();
        }
    }
}
