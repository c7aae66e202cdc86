package letopis.example.guide;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import letopis.Letopis;
import letopis.example.guide.ModelGuideTest.Account;
import letopis.example.guide.ModelGuideTest.AccountEvent;
import letopis.example.guide.ModelGuideTest.MoneyDeposited;
import letopis.postgres.PostgresEventStore;
import letopis.servers.DatabaseServers;
import letopis.sql.InlineProjection;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.StoreHealth;
import letopis.store.Append;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The store in PostgreSQL, next to tables of an application. */
class SqlGuideTest {
    @AutoClose
    private final HikariDataSource dataSource = new HikariDataSource();

    SqlGuideTest() throws SQLException {
        dataSource.setJdbcUrl(DatabaseServers.postgres().createDatabase());
        dataSource.setMaximumPoolSize(6);
        execute("create table bill (id text primary key, order_stream text not null, cents bigint not null)");
        execute("create table orders_of_customer (customer text primary key, orders bigint not null)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of what a query of the docs finds. */
    private List<String> ask(String tag) throws SQLException, IOException {
        String sql;
        try (InputStream file = Objects.requireNonNull(SqlGuideTest.class.getResourceAsStream("/queries.sql"))) {
            String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            sql = all.substring(all.indexOf("-- tag::" + tag + "\n"), all.indexOf("-- end::" + tag + "\n"));
        }
        List<String> answers = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                answers.add(row.getString(1));
            }
        }
        return answers;
    }

    private static Event created(String customer) {
        return Event.of("OrderCreated", "{\"customer\":\"" + customer + "\"}").withTags("customer:" + customer);
    }

    @Test
    void opening() {
        // tag::sql-open
        try (SqlEventStore store = PostgresEventStore.open(dataSource); var letopis = Letopis.over(store)) {
            var accounts = letopis.aggregates("account", AccountEvent.class, new Account(0), Account::evolve);
            accounts.handle("a", _ -> List.of(new MoneyDeposited(500)));
        }
        // end::sql-open
        // tag::sql-options
        SqlOptions options = SqlOptions.DEFAULT.withSchema("history") // on MySQL: the tables history_event and so on
                .withoutMigration() // somebody else makes the tables
                .withPatience(Duration.ofSeconds(10)) // how long a lost connection or a taken turn is borne
                .withoutPush(); // behind a pooler that gives connections to others
        // end::sql-options
        assertThatThrownBy(() -> PostgresEventStore.open(dataSource, options)).hasMessageContaining("letopis schema");
    }

    @Test
    void rowsAndEventsTogether() throws Exception {
        try (SqlEventStore store = PostgresEventStore.open(dataSource)) {
            store.append(Append.to("order-17").of(created("c-456")));
            bill(store, dataSource);
            assertThatThrownBy(() -> bill(store, dataSource)).isInstanceOf(ConditionFailedException.class);

            assertThat(ask("sql-joined")).containsExactly("b-7");
            assertThat(ask("sql-history")).containsExactly("0", "1");
            assertThat(ask("sql-tagged")).containsExactly("1");
            assertThat(ask("sql-kept")).containsExactly("1", "2");
            store.forget(Forget.before("order-17", 1));
            assertThat(ask("sql-kept")).containsExactly("2");
        }
    }

    private static void bill(SqlEventStore store, DataSource dataSource) throws SQLException {
        // tag::sql-transaction
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            store.append(connection,
                    Append.to("order-17").expectingRevision(0).of(Event.of("OrderBilled", "{\"bill\":\"b-7\"}")));
            try (PreparedStatement bill = connection.prepareStatement("insert into bill values (?, ?, ?)")) {
                bill.setString(1, "b-7");
                bill.setString(2, "order-17");
                bill.setLong(3, 4_200);
                bill.executeUpdate();
            }
            connection.commit(); // the row and the event are there from now on; without it neither ever is
        }
        // end::sql-transaction
    }

    @Test
    void readModelInTheAppendsOwnTransaction() throws Exception {
        // tag::sql-inline
        InlineProjection ordersOfCustomer = (connection, events) -> {
            for (RecordedEvent event : events) {
                if (event.type().equals("OrderCreated")) {
                    try (PreparedStatement count = connection.prepareStatement("""
                            insert into orders_of_customer values (?::json ->> 'customer', 1)
                            on conflict (customer) do update set orders = orders_of_customer.orders + 1""")) {
                        count.setString(1, event.data().toUtf8());
                        count.executeUpdate();
                    }
                }
            }
        };
        SqlOptions options = SqlOptions.DEFAULT.withInline(ordersOfCustomer);
        // end::sql-inline
        try (SqlEventStore store = PostgresEventStore.open(dataSource, options)) {
            store.append(Append.to("order-1").of(created("c-456")));
            store.append(Append.to("order-2").of(created("c-456")));
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select orders from orders_of_customer")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void health() throws Exception {
        try (SqlEventStore store = PostgresEventStore.open(dataSource)) {
            String said = "";
            try (Connection forgotten = dataSource.getConnection()) {
                forgotten.setAutoCommit(false);
                store.append(forgotten, Append.to("order-1").of(created("c-1")));
                var waiting = store.submit(Append.to("order-2").of(created("c-2")));
                assertThat(ask("sql-turn")).hasSize(1);
                // tag::sql-health
                StoreHealth health = store.health(); // asks the database now
                if (health.complaint().isPresent()) {
                    said = health.complaint().get(); // 1 appends wait for their turn, which is held by process 4711 (user …
                }
                // end::sql-health
                forgotten.rollback();
                waiting.get();
            }
            assertThat(said).contains("1 appends wait for their turn, which is held by process");
            assertThat(ask("sql-turn")).isEmpty();
        }
    }
}
