package letopis.conformance;

import java.util.function.Supplier;

/** The test class that {@link ConformanceReport} runs, for the store that is in hand while it runs. */
final class ReportedStore implements WholeContract, ReadOnlyContract {
    static final ScopedValue<Supplier<? extends StoreFixture>> FIXTURES = ScopedValue.newInstance();

    /** Taken when the test class is made, which happens in the launcher's thread; tests have threads of their own. */
    private final Supplier<? extends StoreFixture> fixtures = FIXTURES.get();

    @Override
    public StoreFixture fixture() {
        return fixtures.get();
    }
}
