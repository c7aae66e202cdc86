package letopis.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The servers that the tests run on, each with a driver: MariaDB's own works with MySQL's, too. */
enum Databases {
    MYSQL("jdbc:mysql://127.0.0.1:13306/", MysqlServer.MYSQL),
    MARIADB("jdbc:mariadb://127.0.0.1:13307/", MysqlServer.MARIADB),
    MARIADB_WITH_DRIVER_OF_MYSQL("jdbc:mysql://127.0.0.1:13307/", MysqlServer.MARIADB);

    private static final AtomicInteger MADE = new AtomicInteger();

    private final String address;
    final MysqlServer server;

    Databases(String address, MysqlServer server) {
        this.address = address;
        this.server = server;
    }

    /** A pool of connections to a new database. */
    HikariDataSource make() {
        return make("");
    }

    HikariDataSource make(String parameters) {
        String name = "d" + ProcessHandle.current().pid() + "_" + MADE.incrementAndGet();
        try (var server = pool("", ""); Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return pool(name, parameters);
    }

    private HikariDataSource pool(String database, String parameters) {
        var config = new HikariConfig();
        config.setJdbcUrl(address + database + parameters);
        config.setUsername("root");
        config.setPassword("");
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        return new HikariDataSource(config);
    }
}
