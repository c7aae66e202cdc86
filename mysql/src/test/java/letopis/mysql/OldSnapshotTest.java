package letopis.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What these servers do with a transaction of the application's that sees an old snapshot, or does not get the turn; what all
 * servers do is in the contract.
 */
class OldSnapshotTest {
    private static Event event(String type) {
        return Event.of(type, Bytes.utf8("{}")).withTags("order:1");
    }

    private static Connection begin(HikariDataSource source, int isolation) throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void revisionInAnOldSnapshotIsTheNewest(Databases databases) throws SQLException {
        try (var source = databases.make(); SqlEventStore store = MysqlEventStore.open(source)) {
            store.append(Append.to("order-1").of(event("OrderCreated")));
            try (Connection connection = begin(source, Connection.TRANSACTION_REPEATABLE_READ)) {
                number(connection, "select count(*) from letopis_event");
                store.append(Append.to("order-1").of(event("OrderPaid")));

                assertThatThrownBy(() -> store.append(connection,
                        Append.to("order-1").expectingRevision(0).of(event("OrderShipped"))))
                        .isInstanceOf(ConditionFailedException.class);
                assertThat(store.append(connection, Append.to("order-1").expectingRevision(1).of(event("OrderShipped")))
                        .position()).isEqualTo(3);
                connection.commit();
            }
            assertThat(store.head()).isEqualTo(3);
        }
    }

    /** MariaDB refuses to lock what is newer than the snapshot where it was told so; newer ones are by themselves. */
    @ParameterizedTest
    @EnumSource(names = "MYSQL", mode = EnumSource.Mode.EXCLUDE)
    void snapshotThatMariadbIsolatesIsToBeTriedAgain(Databases databases) throws SQLException {
        try (var source = databases.make(); SqlEventStore store = MysqlEventStore.open(source)) {
            store.append(Append.to("order-1").of(event("OrderCreated")));
            try (Connection connection = source.getConnection()) {
                execute(connection, "set session innodb_snapshot_isolation = on");
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                number(connection, "select count(*) from letopis_event");
                store.append(Append.to("order-1").of(event("OrderPaid")));

                Append ship = Append.to("order-1").expectingRevision(1).of(event("OrderShipped"));
                assertThatThrownBy(() -> store.append(connection, ship))
                        .isInstanceOf(SQLTransactionRollbackException.class);
                connection.rollback();
                assertThat(store.append(connection, ship).position()).isEqualTo(3);
                connection.commit();
            }
            assertThat(store.head()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void turnThatSomebodyHoldsIsWaitedForSoLongAndTheTransactionGoesOn(Databases databases) throws SQLException {
        var options = SqlOptions.DEFAULT.withPatience(Duration.ofSeconds(1));
        try (var source = databases.make(); SqlEventStore store = MysqlEventStore.open(source, options)) {
            assertThat(store.health().turnHolder()).isEmpty();
            try (Connection first = begin(source, Connection.TRANSACTION_READ_COMMITTED);
                    Connection second = begin(source, Connection.TRANSACTION_READ_COMMITTED)) {
                execute(second, "create table note (id int primary key)");
                store.append(first, Append.to("order-1").of(event("OrderCreated")));
                long timeout = number(second, "select @@innodb_lock_wait_timeout");
                execute(second, "insert into note values (1)");

                assertThatThrownBy(() -> store.append(second, Append.to("order-2").of(event("OrderCreated"))))
                        .isInstanceOf(SQLException.class);
                assertThat(store.health().turnHolder().orElseThrow()).contains("user root");
                first.commit();
                assertThat(store.append(second, Append.to("order-2").of(event("OrderCreated"))).position())
                        .isEqualTo(2);
                second.commit();
                assertThat(number(second, "select count(*) from note")).isEqualTo(1);
                assertThat(number(second, "select @@innodb_lock_wait_timeout")).isEqualTo(timeout);
                second.rollback();
            }
            assertThat(store.health().turnHolder()).isEmpty();
        }
    }
}
