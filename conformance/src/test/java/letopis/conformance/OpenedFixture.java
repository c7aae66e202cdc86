package letopis.conformance;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Limits;

/** A fixture for a store that is opened in this way. */
record OpenedFixture(String name, Set<Capability> lacks, Opening opening, Duration deadline) implements StoreFixture {
    /** How the store is opened. */
    @FunctionalInterface
    interface Opening {
        EventStore open(Limits limits, InstantSource clock);
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        return opening.open(limits, clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(lacks.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(lacks));
    }
}
