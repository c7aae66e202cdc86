package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.Trouble;
import letopis.store.StoreClosedException;
import letopis.store.StoreException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The database, asked on connections that are borrowed for one question each. What reads is asked again after the connection
 * was lost, so that a restart of the server is a delay and no error.
 *
 * <p>An interrupt closes the socket that a virtual thread waits for, and makes a pool refuse a connection. So a thread asks
 * without its interrupt, and has it back afterwards.
 */
final class Database {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final DataSource source;
    private final Dialect dialect;
    private final Duration patience;
    private volatile boolean closed;

    /** A question, on a connection that commits each statement by itself. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    Database(DataSource source, Dialect dialect, Duration patience) {
        this.source = source;
        this.dialect = dialect;
        this.patience = patience;
    }

    Dialect dialect() {
        return dialect;
    }

    Duration patience() {
        return patience;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** A connection of the caller's own, which commits each statement by itself. */
    Connection connect() throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            Connection connection = source.getConnection();
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            return connection;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks a question that changes nothing, again if it must be. */
    <T> T ask(Question<T> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        boolean interrupted = false;
        try {
            while (true) {
                if (closed) {
                    throw new StoreClosedException(dialect.product());
                }
                interrupted |= Thread.interrupted();
                try (Connection connection = connect()) {
                    return question.ask(connection);
                } catch (SQLException e) {
                    Trouble trouble = dialect.trouble(e);
                    boolean passing = trouble == Trouble.CONNECTION || trouble == Trouble.TRY_AGAIN;
                    if (closed) {
                        throw new StoreClosedException(dialect.product());
                    }
                    boolean disturbed = Thread.interrupted() || e.getCause() instanceof InterruptedException;
                    interrupted |= disturbed;
                    if (!(passing || disturbed) || System.nanoTime() > deadline) {
                        throw failure(e);
                    }
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What an error that ends a question is to the user. */
    StoreException failure(SQLException error) {
        return switch (dialect.trouble(error)) {
            case MISSING -> unusable(Reason.NOT_FOUND, "the tables of the store are not there; open it with migration,"
                    + " or apply its schema", error);
            case PERMISSION -> unusable(Reason.NO_PERMISSION, "the database's user may not do this", error);
            case CONNECTION -> unusable(Reason.FAILED, "the database did not answer for " + patience.toSeconds() + " s",
                    error);
            case READ_ONLY ->
                unusable(Reason.FAILED, "the database takes no writes, being a replica, or told so; connect"
                        + " to the primary, or let it take writes, and append again", error);
            default -> unusable(Reason.FAILED, "the database refused", error);
        };
    }

    private StoreUnusableException unusable(Reason reason, String details, SQLException error) {
        return new StoreUnusableException(reason, dialect.product() + " store " + dialect.tables().store(),
                details + ": " + firstLine(error.getMessage()), error);
    }

    static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }
}
