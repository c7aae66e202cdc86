package letopis.postgres;

import javax.sql.DataSource;

import letopis.conformance.ReadOnlyContract;
import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;
import letopis.servers.DatabaseServers;

/** What every store does, on PostgreSQL behind PgBouncer in transaction mode. */
class PgbouncerConformanceTest implements WholeContract, ReadOnlyContract {
    @Override
    public StoreFixture fixture() {
        return new PostgresFixture(Pool.SHARED);
    }

    private static final class Pool {
        static final DataSource SHARED = Databases.pool(DatabaseServers.pgbouncer().createDatabase(), 20);
    }
}
