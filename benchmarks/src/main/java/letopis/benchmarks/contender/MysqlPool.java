package letopis.benchmarks.contender;

import java.nio.file.Path;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.MysqlServer;

/**
 * A real MySQL in this directory, which forces each commit to disk, and a pool of as many connections to it as
 * {@link PostgresServer} has.
 */
final class MysqlPool implements AutoCloseable {
    private final MysqlServer server;
    private final HikariDataSource pool;

    MysqlPool(Path directory) {
        server = MysqlServer.launchOn(directory, Map.of("innodb-flush-log-at-trx-commit", "1", "innodb-doublewrite",
                "ON", "innodb-buffer-pool-size", "512M", "innodb-redo-log-capacity", "512M", "max-connections", "100"));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl("letopis")
                + "&createDatabaseIfNotExist=true&rewriteBatchedStatements=true&cachePrepStmts=true");
        config.setMaximumPoolSize(PostgresServer.CONNECTIONS);
        config.setMinimumIdle(1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool = new HikariDataSource(config);
    }

    HikariDataSource pool() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
        server.close();
    }
}
