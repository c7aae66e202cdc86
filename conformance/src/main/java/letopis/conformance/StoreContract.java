package letopis.conformance;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A part of what every store promises, as tests that a store runs by saying how it is opened. {@link WholeContract} is all
 * of them.
 *
 * <pre>{@code
 * class EngineContractTest implements WholeContract {
 *     @Override
 *     public StoreFixture fixture() {
 *         return new EngineFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>No test is ever skipped. Where a store lacks a {@link letopis.store.Capability}, the test tries that it says so.
 */
@ExtendWith(TrialExtension.class)
public interface StoreContract {
    /** A new fixture, for one test. */
    StoreFixture fixture();
}
