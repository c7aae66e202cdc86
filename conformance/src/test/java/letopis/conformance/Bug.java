package letopis.conformance;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import letopis.memory.MemoryEventStore;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Limits;

/**
 * A store that is broken in one way, and the test that must find it.
 *
 * @param name       what is wrong with it
 * @param fixtures   opens it
 * @param contract   the contract whose test must fail
 * @param test       that test
 * @param byPrograms whether random programs must find it, too
 */
record Bug(String name, Supplier<StoreFixture> fixtures, Class<? extends StoreContract> contract, String test,
        boolean byPrograms) {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Set<Capability> NOT_DURABLE = Set.of(Capability.DURABLE);

    /** A store in memory with a broken one before it. */
    static Bug of(String name, UnaryOperator<EventStore> breaking, Class<? extends StoreContract> contract,
            String test) {
        return opened(name, (limits, clock) -> breaking.apply(MemoryEventStore.open(limits, clock)), contract, test);
    }

    static Bug opened(String name, OpenedFixture.Opening opening, Class<? extends StoreContract> contract,
            String test) {
        return new Bug(name, () -> new OpenedFixture(name, NOT_DURABLE, opening, DEADLINE), contract, test, false);
    }

    /** A store in memory that lacks something. */
    static Bug lacking(String name, Capability capability, UnaryOperator<EventStore> breaking,
            Class<? extends StoreContract> contract, String test) {
        return new Bug(name, () -> new OpenedFixture(name, Set.of(Capability.DURABLE, capability),
                (limits, clock) -> breaking.apply(MemoryEventStore.open(limits, clock)), DEADLINE), contract, test,
                false);
    }

    /** How a store that should be durable opens from what it did before. */
    @FunctionalInterface
    interface Reopening {
        EventStore open(List<Replayed.Done> journal, Limits limits, InstantSource clock);
    }

    static Bug durable(String name, Reopening reopening, Class<? extends StoreContract> contract, String test) {
        return new Bug(name, () -> {
            List<Replayed.Done> journal = Replayed.newJournal();
            return new OpenedFixture(name, Set.of(), (limits, clock) -> reopening.open(journal, limits, clock),
                    DEADLINE);
        }, contract, test, false);
    }

    /** The same bug, where the test that finds it does so by not ending. */
    Bug thatHangs() {
        return new Bug(name, within(SHORT), contract, test, byPrograms);
    }

    /** Opens it for a test that makes many programs. */
    Supplier<StoreFixture> fixturesForPrograms() {
        return within(DEADLINE);
    }

    private Supplier<StoreFixture> within(Duration deadline) {
        return () -> {
            OpenedFixture it = (OpenedFixture) fixtures.get();
            return new OpenedFixture(it.name(), it.lacks(), it.opening(), deadline);
        };
    }

    Bug alsoByPrograms() {
        return new Bug(name, fixtures, contract, test, true);
    }

    @Override
    public String toString() {
        return name + " -> " + contract.getSimpleName() + "." + test;
    }
}
