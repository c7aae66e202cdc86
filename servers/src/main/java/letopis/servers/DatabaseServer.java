package letopis.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A database server. URLs carry user and password. */
public sealed interface DatabaseServer extends AutoCloseable permits LocalServer, GivenServer {
    /** The URL of the database that the server has from the start. */
    String jdbcUrl();

    /**
     * The URL of a database by name.
     *
     * @param database its name
     * @return its URL
     */
    String jdbcUrl(String database);

    /** The process id of the server. */
    long pid();

    /** What the server has printed. */
    Path log();

    /** Kills the server and all its children at once (SIGKILL); on return they are gone. */
    void kill();

    /** Starts the server again with the same directory and port. */
    void start();

    /** Stops the server in an orderly way and starts it again. */
    void restart();

    /** Stops the server and deletes its data, unless it was started on a directory that stays. */
    @Override
    void close();

    /**
     * Creates an empty database.
     *
     * @return its URL
     */
    default String createDatabase() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("a database could not be created: " + e.getMessage(), e);
        }
        return jdbcUrl(name);
    }

    /** Connections to the server's first database, each a new one. */
    default DataSource dataSource() {
        return new PlainDataSource(jdbcUrl());
    }

    /**
     * A pool of connections to the server's first database; the caller closes it.
     *
     * @param connections how many at most
     * @return the pool
     */
    default HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource());
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /** What the server says of its version. */
    default String version() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl())) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException("the server does not answer: " + e.getMessage(), e);
        }
    }
}
