package letopis.sql.trial;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recorded times never go backwards along positions, whatever the clocks of the processes do that write. The server's clock
 * is not asked, so that it may do what it likes.
 */
public interface ClockContract extends SqlTrial {
    int STEPS = Integer.getInteger("letopis.clock.steps", 120);

    @Test
    default void timesNeverGoBackThoughTheClocksOfProcessesDisagreeAndStep() throws Exception {
        long seed = Long.getLong("letopis.clock.seed", new Random().nextLong());
        Random random = new Random(seed);
        SqlOptions options = fresh();
        Stepped early = new Stepped(Instant.parse("2001-01-01T00:00:00Z"));
        Stepped late = new Stepped(Instant.parse("2001-01-01T00:30:00Z"));
        try (HikariDataSource pool = SqlTrial.pool(url(), 8);
                SqlEventStore one = open(pool, options.withClock(early));
                SqlEventStore two = open(pool, options.withClock(late))) {
            Instant newest = Instant.MIN;
            for (int i = 0; i < STEPS; i++) {
                Stepped clock = random.nextBoolean() ? early : late;
                SqlEventStore store = clock == early ? one : two;
                clock.step(Duration.ofMinutes(random.nextInt(120) - 60)); // as often backwards as forwards
                Instant expected = clock.instant().isAfter(newest) ? clock.instant() : newest;
                long before = one.head();
                write(pool, store, random);
                try (Reading reading = store.read(Read.all().from(Point.position(before + 1)))) {
                    assertThat(reading.toList()).as("events of step %d, seed %d", i, seed)
                            .isNotEmpty()
                            .allSatisfy(it -> assertThat(it.time()).isEqualTo(expected));
                }
                newest = expected;
            }
            List<RecordedEvent> all = SqlTrial.all(one);
            assertThat(all).extracting(RecordedEvent::time).as("times along positions, seed %d", seed).isSorted();
            assertThat(all.getLast().time()).as("not the server's time")
                    .isBefore(Instant.parse("2002-01-01T00:00:00Z"));
            Instant middle = all.get(all.size() / 2).time();
            try (Reading reading = two.read(Read.all().from(Point.time(middle)))) {
                assertThat(reading.toList()).as("events from a time on, seed %d", seed)
                        .isEqualTo(all.stream().filter(it -> !it.time().isBefore(middle)).toList());
            }
        }
    }

    /** Clocks that jump while many write at once, in groups and in transactions of their own, from two processes. */
    @Test
    default void timesNeverGoBackWhileManyWriteAndClocksStep() throws Exception {
        long seed = Long.getLong("letopis.clock.seed", new Random().nextLong());
        SqlOptions options = fresh();
        Random wild = new Random(seed);
        InstantSource clock = () -> {
            synchronized (wild) {
                return Instant.ofEpochSecond(1_000_000_000L + wild.nextInt(10_000_000));
            }
        };
        try (HikariDataSource pool = SqlTrial.pool(url(), 10);
                SqlEventStore one = open(pool, options.withClock(clock));
                SqlEventStore two = open(pool, options.withClock(clock))) {
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                answers.add((i % 3 == 0 ? one : two).submit(SqlTrial.append("a-" + i % 5)));
                if (i % 10 == 0) {
                    within(pool, one);
                }
            }
            for (CompletableFuture<Appended> answer : answers) {
                answer.get(1, TimeUnit.MINUTES);
            }
            assertThat(SqlTrial.all(one)).extracting(RecordedEvent::time)
                    .as("times along positions, seed %d", seed)
                    .hasSizeGreaterThan(STEPS)
                    .isSorted();
        }
    }

    private static void write(HikariDataSource pool, SqlEventStore store, Random random) throws Exception {
        switch (random.nextInt(3)) {
            case 0 -> store.append(SqlTrial.append("a-1"));
            case 1 -> within(pool, store);
            default -> {
                List<CompletableFuture<Appended>> group = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    group.add(store.submit(Append.to("a-" + i).of(SqlTrial.event("X"), SqlTrial.event("Y"))));
                }
                for (CompletableFuture<Appended> answer : group) {
                    answer.get(1, TimeUnit.MINUTES);
                }
            }
        }
    }

    private static void within(HikariDataSource pool, SqlEventStore store) throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            store.append(connection, SqlTrial.append("within-1"));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** A clock that stands still until it is stepped. */
    final class Stepped implements InstantSource {
        private volatile Instant now;

        Stepped(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void step(Duration by) {
            now = now.plus(by);
        }
    }
}
