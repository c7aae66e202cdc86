package letopis.mysql;

import letopis.conformance.ReadOnlyContract;
import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;

/** What every store does, on MySQL. */
class MysqlConformanceTest implements WholeContract, ReadOnlyContract {
    @Override
    public StoreFixture fixture() {
        return new MysqlFixture(Databases.MYSQL);
    }
}
