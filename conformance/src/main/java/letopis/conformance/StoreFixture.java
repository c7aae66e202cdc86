package letopis.conformance;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Limits;

/**
 * How the suite opens the store that it tries. One fixture serves one test and stands for one store: an empty directory, an
 * empty schema. It is closed after the test.
 */
public interface StoreFixture extends AutoCloseable {
    /** What the store is called in reports: a word, {@code engine} for example. */
    String name();

    /**
     * Opens the store: an empty one at the first call; at each later call, which comes after the store was closed, the same
     * one again. A store that does not keep its events is empty again then.
     *
     * @param limits what the store is to enforce
     * @param clock  what the store is to take for the time
     */
    EventStore open(Limits limits, InstantSource clock);

    /**
     * Opens the same store once more, read-only, beside the writing one that is open. Asked for by
     * {@link ReadOnlyContract} alone.
     *
     * @throws UnsupportedOperationException if the store has no such opening
     */
    default EventStore openReadOnly() {
        throw new UnsupportedOperationException(name() + " cannot be opened read-only beside its writer");
    }

    /**
     * What the store can do. What it cannot do is tried by asking for it: the refusal must be clear. {@link Capability#APPEND}
     * is needed for anything to be tried.
     */
    default Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    /**
     * A number of events that is surely more than the page beyond which a subscription of this store says that it fell
     * behind, and more than the run of events without a match after which it says how far it looked.
     */
    default int moreThanAPage() {
        return 5_000;
    }

    /** How long one test may take before it counts as hanging. */
    default Duration deadline() {
        return Duration.ofSeconds(60);
    }

    /** Cleans up. The store was closed before. */
    @Override
    default void close() throws IOException {}
}
