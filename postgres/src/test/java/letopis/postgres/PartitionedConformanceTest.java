package letopis.postgres;

import letopis.conformance.ReadOnlyContract;
import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;

/** What every store does, on PostgreSQL with the events in many partitions. */
class PartitionedConformanceTest implements WholeContract, ReadOnlyContract {
    private static final long EVENTS = 400;

    @Override
    public StoreFixture fixture() {
        return new PostgresFixture("postgres with partitions", Databases.shared(),
                (source, options) -> PostgresEventStore.openPartitioned(source, options, EVENTS));
    }
}
