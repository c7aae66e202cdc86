package letopis.sql.trial;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Positions are in the order of commits: nobody sees a position while something below it can still appear. Tried with
 * several processes that write, with transactions that are held open, end in another order than they began in, or are rolled
 * back, and with readers and subscribers in other processes than the writers.
 *
 * <p>The seed is in the name of what fails; {@code -Dletopis.order.appends} makes it run longer.
 */
public interface CommitOrderContract extends SqlTrial {
    int APPENDS = Integer.getInteger("letopis.order.appends", 150);

    @Test
    default void nothingAppearsBelowWhatWasSeenWhoeverWritesAndHowever() throws Exception {
        SqlOptions options = fresh();
        long seed = Long.getLong("letopis.order.seed", new Random().nextLong());
        Set<UUID> sent = ConcurrentHashMap.newKeySet();
        try (HikariDataSource pool = SqlTrial.pool(url(), 12);
                SqlEventStore one = open(pool, options);
                SqlEventStore two = open(pool, options);
                SqlEventStore reader = open(pool, options);
                WriterProcess other = WriterProcess.start(opener(), url(), options.schema(), APPENDS)) {
            var failure = new AtomicReference<@Nullable Throwable>();
            var writing = new AtomicBoolean(true);
            List<Thread> writers = List.of(
                    part(failure, () -> write(one, sent, "one")),
                    part(failure, () -> write(two, sent, "two")),
                    part(failure, () -> within(pool, one, new Random(seed), sent)),
                    part(failure, () -> within(pool, two, new Random(seed + 1), sent)));
            List<UUID> delivered = Collections.synchronizedList(new ArrayList<>());
            Thread subscriber = part(failure, () -> follow(reader, delivered, writing));
            Thread looker = part(failure, () -> look(reader, writing));
            for (Thread writer : writers) {
                writer.join();
            }
            other.awaitSuccess();
            writing.set(false);
            looker.join();
            subscriber.join();

            assertThat(failure.get()).as("what went wrong, seed %d", seed).isNull();
            List<RecordedEvent> all = SqlTrial.all(reader);
            List<UUID> ids = all.stream().map(RecordedEvent::id).toList();
            assertThat(delivered).as("what a subscriber in another process got, seed %d", seed).isEqualTo(ids);
            assertThat(new HashSet<>(ids)).as("what was acknowledged, seed %d", seed).containsAll(sent);
            assertThat(all).hasSize(sent.size() + APPENDS);
            Map<String, Long> lengths = new HashMap<>();
            for (int i = 0; i < all.size(); i++) {
                RecordedEvent event = all.get(i);
                assertThat(event.position()).isEqualTo(i + 1);
                assertThat(event.revision() + 1).as("revisions of %s", event.stream())
                        .isEqualTo(lengths.merge(event.stream(), 1L, Long::sum));
            }
        }
    }

    /** Appends, many at a time. */
    private static void write(SqlEventStore store, Set<UUID> sent, String name) {
        for (int i = 0; i < APPENDS; i++) {
            Append append = SqlTrial.append(name + "-" + i % 7);
            store.append(append);
            sent.add(append.entries().getFirst().event().id());
        }
    }

    /** Appends in transactions that begin early, do something else, wait, and end by commit or rollback. */
    private static void within(HikariDataSource pool, SqlEventStore store, Random random, Set<UUID> sent)
            throws Exception {
        for (int i = 0; i < APPENDS / 5; i++) {
            try (Connection early = pool.getConnection(); Connection late = pool.getConnection()) {
                early.setAutoCommit(false);
                late.setAutoCommit(false);
                try (var statement = early.createStatement()) {
                    statement.execute("select 1"); // begins before the other one, and ends after it
                }
                end(store, late, random, sent);
                end(store, early, random, sent);
            }
        }
    }

    private static void end(SqlEventStore store, Connection connection, Random random, Set<UUID> sent)
            throws Exception {
        Append append = SqlTrial.append("within-" + random.nextInt(3));
        store.append(connection, append);
        Thread.sleep(random.nextInt(4)); // held open: nobody may see past it
        if (random.nextInt(4) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            sent.add(append.entries().getFirst().event().id());
        }
        connection.setAutoCommit(true);
    }

    private static void follow(SqlEventStore reader, List<UUID> delivered, AtomicBoolean writing) throws Exception {
        try (Subscription subscription = reader.subscribe(Query.all(), 0)) {
            while (writing.get() || subscription.position() < reader.head()) {
                subscription.poll(Duration.ofMillis(20)).ifPresent(signal -> {
                    if (signal instanceof Signal.Delivered it) {
                        delivered.add(it.event().id());
                    }
                });
            }
        }
    }

    /** Reads up to the head again and again: what was there stays what it was. */
    private static void look(SqlEventStore reader, AtomicBoolean writing) {
        List<UUID> before = List.of();
        while (writing.get()) {
            List<UUID> now;
            try (Reading reading = reader.read(Read.all())) {
                now = reading.toList().stream().map(RecordedEvent::id).toList();
                assertThat(now).hasSize((int) reading.head());
            }
            assertThat(now.size()).isGreaterThanOrEqualTo(before.size());
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            if (!before.isEmpty()) {
                try (Reading again = reader.read(Read.all().to(Point.position(before.size())))) {
                    assertThat(again.toList()).hasSize(before.size());
                }
            }
            before = now;
        }
    }

    private static Thread part(AtomicReference<@Nullable Throwable> failure, Part part) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                part.run();
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            }
        });
    }

    /** What one thread does. */
    interface Part {
        void run() throws Exception;
    }

    /** The same look, at a table whose positions are a sequence: it must be seen that a late commit fills a hole. */
    @Test
    default void positionsOfASequenceWouldBeCaught() throws Exception {
        String table = fresh().schema() + "_sequence";
        try (HikariDataSource pool = SqlTrial.pool(url(), 4)) {
            SqlTrial.execute(pool, "create table " + table + " (" + sequenceColumn() + ", n integer)");
            try (Connection early = pool.getConnection(); Connection late = pool.getConnection()) {
                early.setAutoCommit(false);
                late.setAutoCommit(false);
                try (var first = early.createStatement(); var second = late.createStatement()) {
                    first.execute("insert into " + table + " (n) values (1)");
                    second.execute("insert into " + table + " (n) values (2)");
                    late.commit();
                    List<Long> seen = positions(pool, table);
                    early.commit();
                    List<Long> then = positions(pool, table);
                    assertThat(then.subList(0, seen.size())).as("what was seen first").isNotEqualTo(seen);
                }
                early.setAutoCommit(true);
                late.setAutoCommit(true);
            }
        }
    }

    private static List<Long> positions(HikariDataSource pool, String table) throws Exception {
        List<Long> positions = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select position from " + table + " order by position")) {
            while (row.next()) {
                positions.add(row.getLong(1));
            }
        }
        return positions;
    }
}
