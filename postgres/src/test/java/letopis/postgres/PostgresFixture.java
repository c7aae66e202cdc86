package letopis.postgres;

import java.time.Duration;
import java.time.InstantSource;

import javax.sql.DataSource;

import letopis.conformance.StoreFixture;
import letopis.sql.SqlOptions;
import letopis.store.EventStore;
import letopis.store.Limits;

/** PostgreSQL, in a schema of its own: that is made much faster than a database. */
final class PostgresFixture implements StoreFixture {
    private final DataSource source;
    private final SqlOptions options = Databases.fresh();

    PostgresFixture() {
        this(Databases.shared());
    }

    PostgresFixture(DataSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        return PostgresEventStore.open(source, options.withLimits(limits).withClock(clock));
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
