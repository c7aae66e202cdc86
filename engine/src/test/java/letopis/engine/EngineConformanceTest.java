package letopis.engine;

import letopis.conformance.ReadOnlyContract;
import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;

/** What every store does, on the local disk. */
class EngineConformanceTest implements WholeContract, ReadOnlyContract {
    @Override
    public StoreFixture fixture() {
        return new EngineFixture();
    }
}
