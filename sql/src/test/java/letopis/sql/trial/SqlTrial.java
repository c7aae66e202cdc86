package letopis.sql.trial;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/** What the trials of SQL stores need to know of a database. */
public interface SqlTrial {
    AtomicInteger NUMBER = new AtomicInteger();
    Map<DatabaseServer, String> URLS = new ConcurrentHashMap<>();

    /** The server that all trials share. */
    DatabaseServer server();

    /** A server of the trial's own, which it may kill. */
    DatabaseServer launch();

    /** Opens a store. */
    SqlEventStore open(DataSource source, SqlOptions options);

    /** The class that opens stores in another process, by {@code open(DataSource, SqlOptions)}. */
    Class<?> opener();

    /** The name of a store's table, as it is written in SQL. */
    String table(SqlOptions options, String name);

    /** A column {@code position} that a sequence fills. */
    String sequenceColumn();

    /** The statements that make a store's schema, as they are printed. */
    List<String> printed(SqlOptions options);

    /** The database in which the trials have their stores. */
    default String url() {
        return URLS.computeIfAbsent(server(), DatabaseServer::createDatabase);
    }

    /** The port of the server on this machine. */
    default int port() {
        return Integer.parseInt(url().replaceAll(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
    }

    /** The same database, by another port. */
    default String url(int port) {
        return url().replace(":" + port() + "/", ":" + port + "/");
    }

    /** Options for a store of the trial's own. */
    default SqlOptions fresh() {
        return SqlOptions.DEFAULT.withSchema("trial_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet());
    }

    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    static Event event(String type, String... tags) {
        return Event.of(type, "{\"n\":" + NUMBER.incrementAndGet() + "}").withTags(tags);
    }

    static Append append(String stream) {
        return Append.to(stream).of(event("Happened"));
    }

    static List<RecordedEvent> all(EventStore store) {
        try (Reading reading = store.read(Read.all())) {
            return new ArrayList<>(reading.toList());
        }
    }

    static void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
