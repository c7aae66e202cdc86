package letopis.sql.trial;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.RecordedEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What several stores do that write at once over a pool whose transactions do not see what others commit meanwhile. */
public interface IsolationContract extends SqlTrial {
    int APPENDS = Integer.getInteger("letopis.isolation.appends", 60);

    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_READ_COMMITTED", "TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE"})
    default void storesThatWriteAtOnceAreSerializedWhateverThePoolsIsolation(String isolation) throws Exception {
        SqlOptions options = fresh();
        Set<UUID> sent = ConcurrentHashMap.newKeySet();
        try (HikariDataSource pool = pool(isolation);
                SqlEventStore one = open(pool, options);
                SqlEventStore two = open(pool, options);
                SqlEventStore three = open(pool, options);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (SqlEventStore store : List.of(one, two, three)) {
                for (int thread = 0; thread < 2; thread++) {
                    String stream = "a-" + thread;
                    writing.add(threads.submit(() -> {
                        for (int i = 0; i < APPENDS; i++) {
                            Append append = SqlTrial.append(stream);
                            sent.add(append.entries().getFirst().event().id());
                            store.append(append);
                        }
                    }));
                }
            }
            Callable<Integer> users = () -> {
                int tries = 0;
                for (int i = 0; i < APPENDS / 4; i++) {
                    Append append = SqlTrial.append("user-1");
                    sent.add(append.entries().getFirst().event().id());
                    do {
                        tries++;
                    } while (!within(pool, one, append));
                }
                return tries;
            };
            Future<Integer> tries = threads.submit(users);
            for (Future<?> writer : writing) {
                writer.get();
            }
            assertThat(tries.get()).isGreaterThanOrEqualTo(APPENDS / 4);
            List<RecordedEvent> all = SqlTrial.all(one);
            assertThat(all.stream().map(RecordedEvent::id).toList()).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE"})
    default void manyThatStartAtOnceMakeOneSchemaWhateverThePoolsIsolation(String isolation) throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = pool(isolation);
                ExecutorService threads = Executors.newFixedThreadPool(5)) {
            List<Future<SqlEventStore>> opening = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Callable<SqlEventStore> open = () -> open(pool, options);
                opening.add(threads.submit(open));
            }
            for (Future<SqlEventStore> one : opening) {
                one.get().close();
            }
        }
    }

    private HikariDataSource pool(String isolation) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(16);
        config.setTransactionIsolation(isolation);
        return new HikariDataSource(config);
    }

    /** One try of a transaction that looked before it appends; whether it is done. */
    private static boolean within(HikariDataSource pool, SqlEventStore store, Append append) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
                store.append(connection, append);
                connection.commit();
                return true;
            } catch (SQLTransactionRollbackException _) {
                connection.rollback();
                return false;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
