package letopis.postgres;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiFunction;

import javax.sql.DataSource;

import letopis.conformance.StoreFixture;
import letopis.sql.SqlOptions;
import letopis.store.EventStore;
import letopis.store.Limits;

/** PostgreSQL, in a schema of its own: that is made much faster than a database. */
final class PostgresFixture implements StoreFixture {
    private final DataSource source;
    private final SqlOptions options = Databases.fresh();
    private final String name;
    private final BiFunction<DataSource, SqlOptions, EventStore> opening;

    PostgresFixture(String name, DataSource source, BiFunction<DataSource, SqlOptions, EventStore> opening) {
        this.name = name;
        this.source = source;
        this.opening = opening;
    }

    PostgresFixture() {
        this(Databases.shared());
    }

    PostgresFixture(DataSource source) {
        this("postgres", source, PostgresEventStore::open);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        return opening.apply(source, options.withLimits(limits).withClock(clock));
    }

    /** Each call goes to a server, and the longest test makes ten thousands of them. */
    @Override
    public Duration deadline() {
        return Duration.ofMinutes(5);
    }

    @Override
    public EventStore openReadOnly() {
        return PostgresEventStore.openReadOnly(source, options);
    }
}
