package letopis.postgres;

import letopis.conformance.ReadOnlyContract;
import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;

/** What every store does, on PostgreSQL. */
class PostgresConformanceTest implements WholeContract, ReadOnlyContract {
    @Override
    public StoreFixture fixture() {
        return new PostgresFixture();
    }
}
