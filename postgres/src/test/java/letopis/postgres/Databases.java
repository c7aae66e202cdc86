package letopis.postgres;

import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServers;
import letopis.sql.SqlOptions;

/** Where tests have their stores: schemas of their own in one database of a server that all share. */
final class Databases {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final DataSource SHARED = pool(DatabaseServers.postgres().createDatabase(), 20);

    private Databases() {}

    static DataSource shared() {
        return SHARED;
    }

    /** Options for a store of its own. */
    static SqlOptions fresh() {
        return SqlOptions.DEFAULT.withSchema("test_" + SCHEMAS.incrementAndGet());
    }

    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
