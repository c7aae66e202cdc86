package letopis.engine;

import letopis.conformance.ReadOnlyContract;
import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;
import letopis.engine.index.IndexOptions;

/** What every store does, with an index whose parts are so small that they are frozen, written and merged all the time. */
class SmallPartsConformanceTest implements WholeContract, ReadOnlyContract {
    static final IndexOptions SMALL_PARTS = new IndexOptions(16, 1 << 20, 2, 3, 1_000_000, true);

    @Override
    public StoreFixture fixture() {
        return new EngineFixture(SMALL_PARTS);
    }
}
