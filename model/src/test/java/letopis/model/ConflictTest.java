package letopis.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import letopis.memory.MemoryEventStore;
import letopis.model.ParcelEvent.Weighed;
import letopis.store.EventIdTakenException;
import letopis.store.EventStore;
import letopis.store.OutcomeUnknownException;
import letopis.store.Read;
import letopis.store.Reading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Commands that meet others, or get no answer. */
class ConflictTest {
    private static final Retries QUICK = new Retries(3, Duration.ZERO, Duration.ZERO);

    private final MemoryEventStore store = MemoryEventStore.open();

    private static Aggregates<Parcel, ParcelEvent> parcels(EventStore store) {
        return Aggregates.over(store, "parcel", EventTypes.of(ParcelEvent.class), Parcel.NONE, Parcel::evolve);
    }

    private static Decision<Parcel, ParcelEvent> add(int grams) {
        return parcel -> List.of(new Weighed(parcel.grams() + grams));
    }

    @Test
    void aCommandThatMetAnotherIsDecidedAnewOnTheNewState() {
        AtomicInteger decided = new AtomicInteger();

        Handled<Parcel, ParcelEvent> handled = parcels(store).handle("1", parcel -> {
            if (decided.incrementAndGet() == 1) {
                parcels(store).handle("1", add(100));
            }
            return List.of(new Weighed(parcel.grams() + 1));
        });

        assertThat(decided).hasValue(2);
        assertThat(handled.state().grams()).isEqualTo(101);
    }

    @Test
    void whenOthersAreFasterEachTimeTheErrorSaysWhoWasInTheWay() {
        AtomicInteger decided = new AtomicInteger();

        assertThatThrownBy(() -> parcels(store).withRetries(QUICK).handle("1", parcel -> {
            Cause.by("ben").command("WeighParcel").run(() -> parcels(store).handle("1", add(1)));
            decided.incrementAndGet();
            return List.of(new Weighed(parcel.grams() + 100));
        })).isInstanceOfSatisfying(TooManyConflictsException.class, error -> {
            assertThat(error.attempts()).isEqualTo(3);
            assertThat(error.stream()).isEqualTo("parcel-1");
            assertThat(error.lastConflict().actor()).contains("ben");
            assertThat(error).hasMessageContaining("3 times")
                    .hasMessageContaining("revision")
                    .hasMessageContaining("ben")
                    .hasMessageContaining("WeighParcel")
                    .hasCause(error.lastConflict());
        });
        assertThat(decided).hasValue(3);
        assertThat(parcels(store).load("1").state().grams()).isEqualTo(3);
    }

    @Test
    void noUpdateIsLostWhenManyHandleCommandsOfOneAggregate() throws Exception {
        int threads = 32;
        int commands = 10;
        AtomicInteger appends = new AtomicInteger();
        FaultyStore slow = new FaultyStore(store, (real, append) -> {
            appends.incrementAndGet();
            LockSupport.parkNanos(1_000_000); // as a disk is, so that many append on the same state
            return real.append(append);
        });
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            work.add(() -> {
                long last = 0;
                for (int n = 0; n < commands; n++) {
                    last = parcels(slow).handle("1", add(1)).position();
                }
                return last;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> each : executor.invokeAll(work)) {
                assertThat(each.get()).isPositive();
            }
        }

        assertThat(parcels(store).load("1").state().grams()).isEqualTo(threads * commands);
        assertThat(parcels(store).load("1").revision()).isEqualTo(threads * commands - 1);
        assertThat(appends.get()).as("each command met others at most once or so").isLessThan(2 * threads * commands);
        assertThat(Turn.lines()).isZero();
    }

    @Test
    void twoDecisionsThatWaitForEachOtherGoOnWithoutTheirTurn() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Callable<Parcel>> work = new ArrayList<>();
        for (String id : List.of("1", "2")) {
            String other = id.equals("1") ? "2" : "1";
            AtomicInteger decided = new AtomicInteger();
            work.add(() -> parcels(store).handle(id, parcel -> {
                switch (decided.incrementAndGet()) {
                    case 1 -> parcels(store).handle(id, add(1)); // so that it meets another and stands in line
                    case 2 -> {
                        await(both);
                        parcels(store).handle(other, add(1));
                    }
                    default -> {
                    }
                }
                return List.of(new Weighed(parcel.grams() + 1));
            }).state());
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Parcel> each : executor.invokeAll(work, 30, TimeUnit.SECONDS)) {
                assertThat(each.get().grams()).isPositive();
            }
        }

        assertThat(parcels(store).load("1").state().grams() + parcels(store).load("2").state().grams()).isEqualTo(6);
        assertThat(Turn.lines()).isZero();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAppendThatIsWrittenButNotAnsweredIsNotDecidedAgain() {
        AtomicInteger appends = new AtomicInteger();
        AtomicInteger decided = new AtomicInteger();
        FaultyStore faulty = new FaultyStore(store, (real, append) -> {
            var answer = real.append(append);
            if (appends.incrementAndGet() == 1) {
                throw new OutcomeUnknownException("the answer got lost", new IllegalStateException());
            }
            return answer;
        });

        Handled<Parcel, ParcelEvent> handled = parcels(faulty).handle("1", parcel -> {
            decided.incrementAndGet();
            return List.of(new Weighed(parcel.grams() + 1));
        });

        assertThat(decided).hasValue(1);
        assertThat(appends).hasValue(2);
        assertThat(handled.position()).isEqualTo(1);
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void anAppendThatIsNeitherWrittenNorAnsweredIsSentAgain() {
        AtomicInteger appends = new AtomicInteger();
        FaultyStore faulty = new FaultyStore(store, (real, append) -> {
            if (appends.incrementAndGet() == 1) {
                throw new OutcomeUnknownException("the question got lost", new IllegalStateException());
            }
            return real.append(append);
        });

        parcels(faulty).handle("1", add(1));

        assertThat(parcels(store).load("1").state().grams()).isEqualTo(1);
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void anAppendThatIsNeverAnsweredIsAnErrorAndNotDecidedAgain() {
        AtomicInteger decided = new AtomicInteger();
        FaultyStore faulty = new FaultyStore(store, (_, _) -> {
            throw new OutcomeUnknownException("no answer", new IllegalStateException());
        });

        assertThatThrownBy(() -> parcels(faulty).handle("1", _ -> {
            decided.incrementAndGet();
            return List.of(new Weighed(1));
        })).isInstanceOf(OutcomeUnknownException.class);
        assertThat(decided).hasValue(1);
    }

    @Test
    void anInterruptIsNotAnsweredWithAnotherAppend() {
        AtomicInteger appends = new AtomicInteger();
        FaultyStore faulty = new FaultyStore(store, (_, _) -> {
            appends.incrementAndGet();
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("interrupted", new InterruptedException());
        });

        assertThatThrownBy(() -> parcels(faulty).handle("1", add(1))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(appends).hasValue(1);
    }

    @Test
    void anIdThatIsTakenIsAnErrorAndNotRetried() {
        parcels(store).withIds(() -> new UUID(0, 1)).handle("1", add(1));

        assertThatThrownBy(() -> parcels(store).withIds(() -> new UUID(0, 1)).handle("2", add(1)))
                .isInstanceOf(EventIdTakenException.class);
        try (Reading reading = store.read(Read.all())) {
            assertThat(reading.toList()).hasSize(1);
        }
    }

    @Test
    void waitsAreRandomAndBounded() {
        Retries retries = new Retries(5, Duration.ofMillis(2), Duration.ofMillis(10));

        for (int i = 0; i < 1000; i++) {
            assertThat(retries.waitAfter(1)).isBetween(Duration.ZERO, Duration.ofMillis(2));
            assertThat(retries.waitAfter(2)).isBetween(Duration.ZERO, Duration.ofMillis(4));
            assertThat(retries.waitAfter(60)).isBetween(Duration.ZERO, Duration.ofMillis(10));
        }
    }
}
