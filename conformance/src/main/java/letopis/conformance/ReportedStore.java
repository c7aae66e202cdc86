package letopis.conformance;

import java.util.function.Supplier;

/** The test class that {@link ConformanceReport} runs, for the store that is in hand while it runs. */
final class ReportedStore implements WholeContract {
    static final ScopedValue<Supplier<? extends StoreFixture>> FIXTURES = ScopedValue.newInstance();

    @Override
    public StoreFixture fixture() {
        return FIXTURES.get().get();
    }
}
