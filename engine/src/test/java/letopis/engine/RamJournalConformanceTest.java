package letopis.engine;

import letopis.conformance.StoreFixture;
import letopis.conformance.WholeContract;

/** What every store does, over a journal that costs nothing: tells faults of the engine from those of the disk. */
class RamJournalConformanceTest implements WholeContract {
    @Override
    public StoreFixture fixture() {
        return new RamJournalFixture();
    }
}
