package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import letopis.sql.dialect.Wakeups;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this process that learns what others appended and forgot: pushed by the database where that can be had,
 * and by looking now and then anyway, so that a lost push is a delay. Looking often follows news, looking seldom a quiet
 * time.
 *
 * <p>It also tells the others of this process's appends: after their commit, in a transaction of its own, for many appends at
 * once. A notification inside of the append's transaction would make all commits that notify wait for each other.
 */
final class Follower {
    private static final long SHORTEST_NANOS = 5_000_000;
    private static final Duration WITH_PUSH = Duration.ofMillis(500);
    private static final long PREPARE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Database database;
    private final Rows rows;
    private final Recent recent;
    /** What this process wrote it knows already. */
    private final String self = UUID.randomUUID().toString();
    private final Duration pollEvery;
    private final boolean push;
    private final Thread looking;
    private final Thread telling;
    private final boolean prepares;
    private volatile long lastLookNanos = System.nanoTime();
    private volatile @Nullable String failure;
    private volatile @Nullable String unprepared;
    private long prepareAgainNanos = System.nanoTime();
    private volatile boolean news;

    /** @param prepares whether to have the database prepared for what is to be written */
    Follower(Database database, Rows rows, Recent recent, SqlOptions options, boolean prepares) {
        this.prepares = prepares;
        this.database = database;
        this.rows = rows;
        this.recent = recent;
        this.pollEvery = options.pollEvery();
        this.push = options.push();
        this.looking = Thread.ofPlatform().daemon().name("letopis-sql-follower").unstarted(this::look);
        this.telling = Thread.ofPlatform().daemon().name("letopis-sql-teller").unstarted(this::tellOthers);
    }

    void start() {
        looking.start();
        telling.start();
    }

    /** This process committed something. */
    void committed() {
        if (push) {
            news = true;
            LockSupport.unpark(telling);
        }
    }

    /** How long ago the database was last looked at with success. */
    Duration sinceLastLook() {
        return Duration.ofNanos(System.nanoTime() - lastLookNanos);
    }

    /** Why the last look failed, if it did. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Why the database could not be prepared for what is to be written, if it could not. */
    Optional<String> unprepared() {
        return Optional.ofNullable(unprepared)
                .map(it -> "the database cannot be prepared for the next events, and the append that needs it may fail: "
                        + it);
    }

    /** Ends; the database is closed already. */
    void close() {
        LockSupport.unpark(looking);
        LockSupport.unpark(telling);
        looking.interrupt();
        telling.interrupt();
    }

    private void look() {
        while (!database.isClosed()) {
            try (Connection connection = database.connect()) {
                Optional<Wakeups> wakeups = push ? database.dialect().listen(connection, self) : Optional.empty();
                if (wakeups.isPresent()) {
                    try (Wakeups pushed = wakeups.get()) {
                        while (!database.isClosed()) {
                            lookOnce(connection);
                            pushed.await(WITH_PUSH);
                        }
                    }
                    continue;
                }
            } catch (SQLException e) {
                failed(e);
                continue;
            }
            poll();
        }
    }

    /** Looks on a connection that is borrowed for each look. */
    private void poll() {
        long pause = SHORTEST_NANOS;
        while (!database.isClosed()) {
            boolean found;
            try (Connection connection = database.connect()) {
                found = lookOnce(connection);
            } catch (SQLException e) {
                failed(e);
                return;
            }
            pause = found ? SHORTEST_NANOS : Math.min(pause * 3 / 2, pollEvery.toNanos());
            LockSupport.parkNanos(pause);
        }
    }

    private void failed(SQLException e) {
        failure = Database.firstLine(e.getMessage());
        LockSupport.parkNanos(pollEvery.toNanos());
    }

    private boolean lookOnce(Connection connection) throws SQLException {
        Rows.Head now = rows.headAtOnce(connection);
        boolean found = false;
        recent.forgotten(Math.max(now.forgets(), recent.forgets()));
        for (long known = recent.position(); known < now.position(); known = recent.position()) {
            found = true;
            if (now.position() - known > Recent.MAX_EVENTS / 2) {
                recent.begin(now);
            } else {
                recent.add(rows.range(connection, known, now.position()));
            }
        }
        lastLookNanos = System.nanoTime();
        failure = null;
        prepare(connection, now.position());
        return found;
    }

    private void prepare(Connection connection, long head) {
        if (!prepares || System.nanoTime() - prepareAgainNanos < 0) {
            return;
        }
        try {
            database.dialect().prepare(connection, head);
            unprepared = null;
        } catch (SQLException e) {
            unprepared = Database.firstLine(e.getMessage());
            prepareAgainNanos = System.nanoTime() + PREPARE_AGAIN_NANOS;
        }
    }

    private void tellOthers() {
        while (!database.isClosed()) {
            if (!news) {
                LockSupport.park(this);
                continue;
            }
            news = false;
            try (Connection connection = database.connect()) {
                database.dialect().tellOthers(connection, self);
            } catch (SQLException _) {
                // the others look by themselves, too
            }
            LockSupport.parkNanos(SHORTEST_NANOS);
        }
    }
}
