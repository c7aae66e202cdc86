package letopis.mysql;

import java.util.function.Supplier;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServer;
import letopis.servers.DatabaseServers;

/** The servers that the tests run on, each with a driver: that of MySQL works with MariaDB, too. */
enum Databases {
    MYSQL(MysqlServer.MYSQL, DatabaseServers::mysql, "mysql"), MARIADB(MysqlServer.MARIADB, DatabaseServers::mariadb,
            "mariadb"), MARIADB_WITH_DRIVER_OF_MYSQL(MysqlServer.MARIADB, DatabaseServers::mariadb, "mysql");

    final MysqlServer server;
    private final Supplier<DatabaseServer> start;
    private final String driver;

    Databases(MysqlServer server, Supplier<DatabaseServer> start, String driver) {
        this.server = server;
        this.start = start;
        this.driver = driver;
    }

    /** A pool of connections to a new database. */
    HikariDataSource make() {
        var config = new HikariConfig();
        config.setJdbcUrl(start.get().createDatabase().replaceFirst("jdbc:[a-z]+:", "jdbc:" + driver + ":"));
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        return new HikariDataSource(config);
    }
}
