package letopis.sql.trial;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.InlineProjection;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a store does when the database ends a transaction so that another one can go on. A transaction of the user's has a row
 * of a read model and waits for the turn; the appends of a group have the turn and wait for the row.
 */
public interface DeadlockContract extends SqlTrial {
    int GROUP = 40;

    /** The same database, in which a lock is waited for but a short time, unless the store itself says how long. */
    String impatient(String url);

    /**
     * Makes the transaction that is under way the last to look for a deadlock, where it is the first to look that is given up.
     * Elsewhere that is the one that wrote least.
     */
    default void looksLast(Connection connection) throws SQLException {}

    @Test
    default void groupThatTheDatabaseGaveUpIsWrittenOnce() throws Exception {
        try (Table table = new Table(this, url(), fresh().withPatience(Duration.ofMinutes(1)));
                Connection user = table.pool.getConnection()) {
            user.setAutoCommit(false);
            looksLast(user);
            table.makeHeavy(user);
            table.count(user, 1);
            List<CompletableFuture<Appended>> group = table.group();
            table.entered.await();
            table.go.countDown();
            table.store.append(user, SqlTrial.append("user-1"));
            user.commit();
            user.setAutoCommit(true);

            table.isWrittenOnce(group, 1);
            assertThat(table.calls.get()).as("how often the read model was told, of what was retried, too")
                    .isGreaterThan(GROUP);
        }
    }

    @Test
    default void transactionOfTheUsersThatTheDatabaseGaveUpIsToldToTryAgain() throws Exception {
        try (Table table = new Table(this, url(), fresh().withPatience(Duration.ofMinutes(1)));
                Connection user = table.pool.getConnection()) {
            user.setAutoCommit(false);
            table.groupLooksLast = true;
            List<CompletableFuture<Appended>> group = table.group();
            table.entered.await();
            table.count(user, 1);
            CompletableFuture<Appended> own = CompletableFuture.supplyAsync(() -> {
                try {
                    return table.store.append(user, SqlTrial.append("user-1"));
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            Thread.sleep(300); // it waits for the turn
            table.go.countDown();
            assertThatThrownBy(own::join).cause()
                    .isInstanceOfSatisfying(SQLTransactionRollbackException.class,
                            it -> assertThat(it.getSQLState()).isEqualTo("40001"))
                    .hasMessageContaining("try it again");
            user.rollback();

            table.count(user, 1);
            table.store.append(user, SqlTrial.append("user-1"));
            user.commit();
            user.setAutoCommit(true);
            table.isWrittenOnce(group, 1);
        }
    }

    @Test
    default void groupThatWaitedTooLongForALockIsWrittenOnce() throws Exception {
        try (Table table = new Table(this, impatient(url()), fresh().withPatience(Duration.ofMinutes(1)));
                Connection user = table.pool.getConnection()) {
            user.setAutoCommit(false);
            table.count(user, 1);
            table.go.countDown();
            List<CompletableFuture<Appended>> group = table.group();
            long deadline = System.nanoTime() + Duration.ofSeconds(50).toNanos();
            while (table.calls.get() < 2) { // the first of the group was tried again
                assertThat(System.nanoTime()).as("time to wait").isLessThan(deadline);
                Thread.sleep(20);
            }
            user.commit();
            user.setAutoCommit(true);
            table.isWrittenOnce(group, 0);
        }
    }

    @Test
    default void transactionOfTheUsersWhoseTurnDoesNotComeIsToldToTryAgain() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofSeconds(1));
        try (HikariDataSource pool = SqlTrial.pool(url(), 6);
                SqlEventStore store = open(pool, options);
                Connection holder = pool.getConnection();
                Connection user = pool.getConnection()) {
            holder.setAutoCommit(false);
            user.setAutoCommit(false);
            store.append(holder, SqlTrial.append("a-1"));
            assertThatThrownBy(() -> store.append(user, SqlTrial.append("a-2")))
                    .isInstanceOfSatisfying(SQLTransactionRollbackException.class,
                            it -> assertThat(it.getSQLState()).isEqualTo("40001"))
                    .hasMessageContaining("turn");
            user.rollback();
            holder.commit();
            store.append(user, SqlTrial.append("a-2"));
            user.commit();
            holder.setAutoCommit(true);
            user.setAutoCommit(true);
            assertThat(SqlTrial.all(store)).extracting(RecordedEvent::stream).containsExactly("a-1", "a-2");
        }
    }

    /** A store with a read model of one row, that is told of the events of type {@code Grouped}. */
    final class Table implements AutoCloseable {
        final HikariDataSource pool;
        final SqlEventStore store;
        final String name;
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        volatile boolean groupLooksLast;

        Table(DeadlockContract trial, String url, SqlOptions options) throws SQLException {
            name = options.schema() + "_totals";
            InlineProjection projection = (connection, events) -> {
                if (events.getFirst().type().equals("Grouped")) {
                    calls.incrementAndGet();
                    entered.countDown();
                    go();
                    if (groupLooksLast) {
                        trial.looksLast(connection);
                    }
                    count(connection, events.size());
                }
            };
            pool = SqlTrial.pool(url, 8);
            store = trial.open(pool, options.withInline(projection));
            SqlTrial.execute(pool, "create table " + name + " (id integer primary key, n bigint)",
                    "create table " + name + "_scratch (id integer primary key)",
                    "insert into " + name + " values (1, 0)");
        }

        private void go() {
            try {
                assertThat(go.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void count(Connection connection, int events) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("update " + name + " set n = n + " + events + " where id = 1");
            }
        }

        /** Where the database gives up the transaction that wrote least, it shall not be this one. */
        void makeHeavy(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection
                    .prepareStatement("insert into " + name + "_scratch values (?)")) {
                for (int i = 0; i < 1_000; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        /** Appends that wait for the turn together, so that one transaction writes them. */
        List<CompletableFuture<Appended>> group() throws Exception {
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            try (Connection holder = pool.getConnection()) {
                holder.setAutoCommit(false);
                store.append(holder, SqlTrial.append("holder-1"));
                CompletableFuture<Appended> first = store.submit(SqlTrial.append("first-1"));
                Thread.sleep(200); // it is taken, and waits for the turn; the others gather behind it
                for (int i = 0; i < GROUP; i++) {
                    answers.add(store.submit(Append.to("a-" + i % 3).of(SqlTrial.event("Grouped", "n:" + i))));
                }
                holder.rollback();
                holder.setAutoCommit(true);
                first.get(1, TimeUnit.MINUTES);
            }
            return answers;
        }

        /** @param users how many events the transaction of the user's wrote; it counted one in any case */
        void isWrittenOnce(List<CompletableFuture<Appended>> group, int users) throws Exception {
            for (CompletableFuture<Appended> answer : group) {
                answer.get(1, TimeUnit.MINUTES);
            }
            List<RecordedEvent> all = SqlTrial.all(store);
            List<UUID> ids = all.stream().map(RecordedEvent::id).toList();
            assertThat(ids).doesNotHaveDuplicates().hasSize(1 + GROUP + users);
            assertThat(all).filteredOn(it -> it.type().equals("Grouped")).hasSize(GROUP);
            long counted;
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select n from " + name)) {
                row.next();
                counted = row.getLong(1);
            }
            assertThat(counted).as("what the read model counted, and the user").isEqualTo(GROUP + 1);
        }

        @Override
        public void close() {
            go.countDown();
            store.close();
            pool.close();
        }
    }
}
