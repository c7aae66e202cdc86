package letopis.mysql;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import letopis.conformance.StoreFixture;
import letopis.sql.SqlOptions;
import letopis.store.EventStore;
import letopis.store.Limits;

/** A store with tables of its own, in a database that all fixtures have together. */
final class MysqlFixture implements StoreFixture {
    private static final Map<Databases, DataSource> SOURCES = new EnumMap<>(Databases.class);
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Databases databases;
    private final DataSource source;
    private final SqlOptions options = SqlOptions.DEFAULT.withSchema("store_" + MADE.incrementAndGet());

    MysqlFixture(Databases databases) {
        this.databases = databases;
        synchronized (SOURCES) {
            this.source = SOURCES.computeIfAbsent(databases, Databases::make);
        }
    }

    @Override
    public String name() {
        return databases.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        return MysqlEventStore.open(source, options.withLimits(limits).withClock(clock));
    }

    /** Each call goes to a server, and the longest test makes ten thousands of them. */
    @Override
    public Duration deadline() {
        return Duration.ofMinutes(5);
    }

    @Override
    public EventStore openReadOnly() {
        return MysqlEventStore.openReadOnly(source, options);
    }
}
