package letopis.sql.trial;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.InlineProjection;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.StoreHealth;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.ConditionFailedException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreBusyException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an append inside of the user's own transaction does, on every SQL store. */
public interface UserTransactionContract extends SqlTrial {
    @Test
    default void businessTableAndEventsCommitTogetherOrNotAtAll() throws Exception {
        SqlOptions options = fresh();
        String accounts = options.schema() + "_accounts";
        try (HikariDataSource pool = SqlTrial.pool(url(), 8); SqlEventStore store = open(pool, options)) {
            SqlTrial.execute(pool, "create table " + accounts + " (n integer)");
            try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("insert into " + accounts + " values (1)");
                Appended appended = store.append(connection,
                        Append.to("account-1")
                                .expectingNoStream()
                                .of(SqlTrial.event("Opened", "a"), SqlTrial.event("Filled")));
                assertThat(appended.revision("account-1")).isEqualTo(1);
                assertThat(store.head()).as("head before the commit").isZero();
                connection.commit();
                assertThat(store.head()).isEqualTo(appended.position());

                statement.execute("insert into " + accounts + " values (2)");
                store.append(connection, Append.to("account-1").expectingRevision(1).of(SqlTrial.event("Closed")));
                store.append(connection, Append.to("account-1").expectingRevision(2).of(SqlTrial.event("Closed")));
                connection.rollback();
                connection.setAutoCommit(true);
            }
            assertThat(count(pool, accounts)).isEqualTo(1);
            assertThat(SqlTrial.all(store)).extracting(RecordedEvent::type).containsExactly("Opened", "Filled");
            assertThat(store.append(SqlTrial.append("account-1")).position()).isEqualTo(3);
        }
    }

    @Test
    default void refusedAppendLeavesTheTransactionGoing() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 8); SqlEventStore store = open(pool, options)) {
            store.append(Append.to("a-1").of(SqlTrial.event("X", "t")));
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> store.append(connection,
                        Append.to("a-1").expectingNoStream().of(SqlTrial.event("Y"))))
                        .isInstanceOfSatisfying(ConditionFailedException.class,
                                it -> assertThat(it.event()).isPresent());
                assertThatThrownBy(() -> store.append(connection,
                        Append.to("a-2").of(SqlTrial.event("Y")).failIfEventsMatch(Query.tag("t"))))
                        .isInstanceOf(ConditionFailedException.class);
                store.append(connection, Append.to("a-1").expectingRevision(0).of(SqlTrial.event("Z")));
                connection.commit();
                connection.setAutoCommit(true);
            }
            assertThat(SqlTrial.all(store)).extracting(RecordedEvent::type).containsExactly("X", "Z");
        }
    }

    @Test
    default void whoeverWroteAloneForLongWaitsForTheTransactionToo() throws Exception {
        try (HikariDataSource pool = SqlTrial.pool(url(), 8); SqlEventStore store = open(pool, fresh())) {
            long alone = 0;
            for (int i = 0; i < 40; i++) {
                alone = store.append(SqlTrial.append("a-1")).position();
            }
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                Appended first = store.append(connection, SqlTrial.append("a-2"));
                assertThat(first.position()).isEqualTo(alone + 1);
                CompletableFuture<Appended> second = CompletableFuture
                        .supplyAsync(() -> store.append(SqlTrial.append("a-1")));
                assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                connection.commit();
                connection.setAutoCommit(true);
                assertThat(second.get(30, TimeUnit.SECONDS).position()).isEqualTo(alone + 2);
            }
        }
    }

    @Test
    default void connectionThatCommitsByItselfIsRefused() throws Exception {
        try (HikariDataSource pool = SqlTrial.pool(url(), 8);
                SqlEventStore store = open(pool, fresh());
                Connection connection = pool.getConnection()) {
            assertThatThrownBy(() -> store.append(connection, SqlTrial.append("a-1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("setAutoCommit(false)");
        }
    }

    @Test
    default void openTransactionStopsNoReaderAndIsNamedToThoseWhoWaitToWrite() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofSeconds(2));
        try (HikariDataSource pool = SqlTrial.pool(url(), 8);
                SqlEventStore store = open(pool, options);
                Subscription subscription = store.subscribe(Query.all(), 0)) {
            store.append(SqlTrial.append("a-1"));
            try (Connection forgotten = pool.getConnection()) {
                forgotten.setAutoCommit(false);
                store.append(forgotten, SqlTrial.append("a-2"));

                CompletableFuture<Appended> waiting = store.submit(SqlTrial.append("a-3"));
                assertThatThrownBy(() -> waiting.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                assertThat(SqlTrial.all(store)).extracting(RecordedEvent::stream).containsExactly("a-1");
                assertThat(subscription.next()).isInstanceOf(Signal.Delivered.class);
                assertThat(subscription.next()).isInstanceOf(Signal.CaughtUp.class);
                StoreHealth health = store.health();
                assertThat(health.waitingAppends()).isEqualTo(1);
                assertThat(health.complaint().orElse("nothing")).contains("1 appends wait for their turn");

                assertThat(waiting.handle((_, failure) -> Optional.ofNullable(failure)).get(30, TimeUnit.SECONDS))
                        .hasValueSatisfying(it -> assertThat(it).isInstanceOf(StoreBusyException.class));
                forgotten.rollback();
                forgotten.setAutoCommit(true);
            }
            assertThat(store.append(SqlTrial.append("a-4")).position()).isEqualTo(2);
            assertThat(store.health().complaint()).isEmpty();
        }
    }

    @Test
    default void transactionThatSawAnOlderStateNeverPassesWrongly() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 8); SqlEventStore store = open(pool, options)) {
            store.append(SqlTrial.append("a-1"));
            List<LongFunction<Append>> late = List.of(
                    head -> Append.to("a-1").expectingRevision(head - 1).of(SqlTrial.event("Late")),
                    head -> late(Query.tag("seat:1"), head),
                    head -> late(Query.type("Newer"), head),
                    head -> late(Query.tag("seat:1").withTypes("Newer"), head),
                    head -> late(Query.stream("a-1"), head),
                    head -> late(Query.category("a"), head),
                    head -> late(Query.all(), head));
            for (LongFunction<Append> append : late) {
                long before = store.head();
                try (Connection old = pool.getConnection(); Statement statement = old.createStatement()) {
                    old.setAutoCommit(false);
                    statement.execute("set transaction isolation level repeatable read");
                    try (ResultSet row = statement.executeQuery(
                            "select count(*) from " + table(options, "event"))) { // from here on it sees no newer state
                        row.next();
                    }
                    store.append(Append.to("a-1").expectingRevision(before - 1).of(SqlTrial.event("Newer", "seat:1")));
                    assertThatThrownBy(() -> store.append(old, append.apply(before)))
                            .isInstanceOfAny(SQLException.class, ConditionFailedException.class);
                    old.rollback();
                    old.setAutoCommit(true);
                }
            }
            assertThat(SqlTrial.all(store)).extracting(RecordedEvent::type)
                    .hasSize(late.size() + 1)
                    .doesNotContain("Late");
        }
    }

    private static Append late(Query query, long after) {
        return Append.to("b-1").of(SqlTrial.event("Late")).failIfEventsMatch(query, after);
    }

    @Test
    default void inlineProjectionIsWrittenWithItsAppendAndRefusesIt() throws Exception {
        SqlOptions options = fresh();
        String totals = options.schema() + "_totals";
        InlineProjection projection = (connection, events) -> {
            for (RecordedEvent event : events) {
                if (event.type().equals("Refused")) {
                    throw new IllegalStateException("not this one");
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute("insert into " + totals + " values (" + event.position() + ")");
                }
            }
        };
        try (HikariDataSource pool = SqlTrial.pool(url(), 8);
                SqlEventStore store = open(pool, options.withInline(projection))) {
            SqlTrial.execute(pool, "create table " + totals + " (n bigint)");
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(store.submit(Append.to("a-1").of(SqlTrial.event(i % 10 == 3 ? "Refused" : "Fine"))));
            }
            for (int i = 0; i < 50; i++) {
                CompletableFuture<Appended> answer = answers.get(i);
                Throwable failure = answer.handle((_, it) -> it).get(60, TimeUnit.SECONDS);
                if (i % 10 == 3) {
                    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("not this one");
                } else {
                    assertThat(failure).isNull();
                }
            }
            assertThat(SqlTrial.all(store)).hasSize(45).allSatisfy(it -> assertThat(it.type()).isEqualTo("Fine"));
            assertThat(count(pool, totals)).isEqualTo(45);
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                store.append(connection, Append.to("a-1").of(SqlTrial.event("Fine")));
                connection.rollback();
                connection.setAutoCommit(true);
            }
            assertThat(count(pool, totals)).isEqualTo(45);
        }
    }

    private static long count(HikariDataSource pool, String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
