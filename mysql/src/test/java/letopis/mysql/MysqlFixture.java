package letopis.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;

import com.zaxxer.hikari.HikariDataSource;
import letopis.conformance.StoreFixture;
import letopis.sql.SqlOptions;
import letopis.store.EventStore;
import letopis.store.Limits;

/** A store in a database of its own. */
final class MysqlFixture implements StoreFixture {
    private final Databases databases;
    private final HikariDataSource source;

    MysqlFixture(Databases databases, String parameters) {
        this.databases = databases;
        this.source = databases.make(parameters);
    }

    @Override
    public String name() {
        return databases.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        return MysqlEventStore.open(source, SqlOptions.DEFAULT.withLimits(limits).withClock(clock));
    }

    /** Each call goes to a server, and the longest test makes ten thousands of them. */
    @Override
    public Duration deadline() {
        return Duration.ofMinutes(5);
    }

    @Override
    public EventStore openReadOnly() {
        return MysqlEventStore.openReadOnly(source, SqlOptions.DEFAULT);
    }

    @Override
    public void close() {
        try (source; Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("drop database " + connection.getCatalog());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
