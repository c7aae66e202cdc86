package letopis.engine;

import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;

/** What every store does, on the local disk. */
class EngineConformanceTest implements WholeContract {
    @Override
    public StoreFixture fixture() {
        return new EngineFixture();
    }
}
