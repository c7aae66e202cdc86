package letopis.benchmarks.contender;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/** Transactions of Axon on connections of a pool: one connection for each thread that is in a transaction. */
final class AxonTransactions implements TransactionManager, ConnectionProvider {
    private final DataSource pool;
    private static final ThreadLocal<@Nullable Connection> CURRENT = new ThreadLocal<>();

    AxonTransactions(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public Transaction startTransaction() {
        if (CURRENT.get() != null) {
            return new Transaction() {
                @Override
                public void commit() {
                    // the outer transaction does
                }

                @Override
                public void rollback() {
                    // the outer transaction does
                }
            };
        }
        Connection connection;
        try {
            connection = pool.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        CURRENT.set(connection);
        return new Transaction() {
            @Override
            public void commit() {
                end(connection, true);
            }

            @Override
            public void rollback() {
                end(connection, false);
            }
        };
    }

    private void end(Connection connection, boolean commit) {
        CURRENT.remove();
        try (connection) {
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = CURRENT.get();
        if (connection == null) {
            return pool.getConnection();
        }
        return ConnectionWrapperFactory.wrap(connection, new ConnectionWrapperFactory.ConnectionCloseHandler() {
            @Override
            public void close(Connection delegate) {
                // the end of the transaction does
            }

            @Override
            public void commit(Connection delegate) {
                // the end of the transaction does
            }
        });
    }
}
