package letopis.conformance;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

import letopis.memory.MemoryEventStore;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Limits;

/** The store in memory. */
final class MemoryFixture implements StoreFixture {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public EventStore open(Limits limits, InstantSource clock) {
        return MemoryEventStore.open(limits, clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.DURABLE));
    }
}
