package letopis.model.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import letopis.memory.MemoryEventStore;
import letopis.model.Aggregates;
import letopis.model.Cause;
import letopis.model.Recorded;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Metadata;
import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RunningProjectionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Patience QUICK = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(2));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final MemoryEventStore store = MemoryEventStore.open(now::get);
    private final CheckpointStore checkpoints = CheckpointStore.inMemory();

    private long count(String id, int times) {
        Event event = Tally.TYPES.encode(new Tally.Counted(times), UUID.randomUUID(), Bytes.empty());
        return store.append(Append.to("thing-" + id).of(event)).position();
    }

    private long other() {
        return store.append(Append.to("other-1").of(Event.of("Noise", "{}"))).position();
    }

    private RunningProjection<Tally> start() {
        return RunningProjection.start(store, Tally.projection(1), checkpoints);
    }

    @Test
    void whatHappenedBeforeAndWhatHappensAfterItWasStartedIsTakenInAlike() throws InterruptedException {
        count("a", 1);
        try (RunningProjection<Tally> tally = start()) {
            assertThat(tally.await(1, SOON).of("a")).isEqualTo(1);
            for (int i = 0; i < 2000; i++) {
                count("b", 1);
            }
            assertThat(tally.await(store.head(), SOON).of("b")).isEqualTo(2000);
            until(() -> tally.status().state() == ProjectionStatus.State.LIVE);
            assertThat(tally.status().lag()).isZero();
        }
    }

    @Test
    void whoHasWrittenReadsWhatWasWritten() throws InterruptedException {
        try (RunningProjection<Tally> tally = start()) {
            for (int i = 1; i <= 200; i++) {
                assertThat(tally.await(count("a", 1), SOON).of("a")).isEqualTo(i);
            }
        }
    }

    @Test
    void aPositionWhoseEventDoesNotMatchIsReachedAtOnce() throws InterruptedException {
        try (RunningProjection<Tally> tally = start()) {
            tally.await(count("a", 1), SOON);

            assertThat(tally.await(other(), Duration.ZERO).of("a")).isEqualTo(1);
            assertThat(tally.status().lag()).isZero();
        }
    }

    @Test
    void aPositionThatIsNotThereYetIsWaitedForAndThenGivenUp() {
        try (RunningProjection<Tally> tally = start()) {
            count("a", 1);

            assertThatThrownBy(() -> tally.await(7, Duration.ofMillis(20)))
                    .isInstanceOfSatisfying(PositionNotReachedException.class, error -> {
                        assertThat(error.position()).isEqualTo(7);
                        assertThat(error.status().head()).isEqualTo(1);
                        assertThat(error).hasMessageContaining("position 7").hasMessageContaining("PT0.02S");
                    });
        }
    }

    @Test
    void itGoesOnFromItsCheckpointWithItsState() throws InterruptedException {
        count("a", 3);
        try (RunningProjection<Tally> tally = start()) {
            tally.await(1, SOON);
        }
        count("a", 4);
        List<Long> seen = new ArrayList<>();
        FoldedProjection<Tally, Tally.Counted> watched = Tally.source(1).folding(Tally.NONE, (state, recorded) -> {
            seen.add(recorded.position());
            return state.evolve(recorded);
        });
        try (RunningProjection<Tally> tally = RunningProjection.start(store, watched, checkpoints)) {
            assertThat(tally.state().of("a")).isGreaterThanOrEqualTo(3);
            assertThat(tally.status().checkpoint()).isGreaterThanOrEqualTo(1);
            assertThat(tally.await(2, SOON).of("a")).isEqualTo(7);
        }
        assertThat(seen).containsExactly(2L);
    }

    @Test
    void aHigherVersionIsBuiltAnew() throws InterruptedException {
        count("a", 3);
        try (RunningProjection<Tally> tally = start()) {
            tally.await(1, SOON);
        }
        try (RunningProjection<Tally> second = RunningProjection.start(store, Tally.projection(2), checkpoints)) {
            assertThat(second.await(1, SOON).of("a")).isEqualTo(3);
        }
    }

    @Test
    void theCheckpointMovesOnWhileEventsComeAndAlsoWhereNothingMatches() throws InterruptedException {
        try (RunningProjection<Tally> tally = start()) {
            tally.await(count("a", 1), SOON);
            other();
            until(() -> tally.status().checkpoint() == 2);
        }
        assertThat(checkpoints.load("tally", 1).orElseThrow().position()).isEqualTo(2);
    }

    @Test
    void anEventThatFailsForAWhileIsTriedAgainAndNoneIsLost() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger(2);
        ListModel model = new ListModel(recorded -> {
            if (recorded.position() == 2 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        });
        count("a", 1);
        count("b", 2);
        count("c", 3);
        try (RunningProjection<List<Long>> projection = start(model)) {
            assertThat(projection.await(3, SOON)).containsExactly(1L, 2L, 3L);
            assertThat(projection.status().lastError()).isEmpty();
        }
        assertThat(failures.get()).isNegative();
    }

    @Test
    void anEventThatKeepsFailingStopsTheProjectionAndIsNamedAndAfterARestartItGoesOn() throws InterruptedException {
        AtomicBoolean broken = new AtomicBoolean(true);
        ListModel model = new ListModel(recorded -> {
            if (recorded.position() == 2 && broken.get()) {
                throw new IllegalStateException("no such thing");
            }
        });
        count("a", 1);
        count("b", 2);
        count("c", 3);
        try (RunningProjection<List<Long>> projection = start(model)) {
            assertThatThrownBy(() -> projection.await(3, SOON))
                    .isInstanceOfSatisfying(PositionNotReachedException.class,
                            error -> assertThat(error.status().state()).isEqualTo(ProjectionStatus.State.FAILED))
                    .hasMessageContaining("has failed")
                    .hasMessageContaining("thing-b at revision 0 (position 2)")
                    .hasMessageContaining("3 times")
                    .hasMessageContaining("no such thing");
            now.set(now.get().plusSeconds(90));
            ProjectionStatus status = projection.status();
            assertThat(status.position()).isEqualTo(1);
            assertThat(status.lag()).isEqualTo(2);
            assertThat(status.waiting()).isEqualTo(Duration.ofSeconds(90));
            assertThat(status.lastError().orElseThrow().event().orElseThrow().position()).isEqualTo(2);
            assertThat(projection.state()).containsExactly(1L);

            broken.set(false);
            projection.restart();

            assertThat(projection.await(3, SOON)).containsExactly(1L, 2L, 3L);
            assertThat(projection.status().waiting()).isZero();
        }
    }

    @Test
    void anEventThatCannotBeReadStopsTheProjectionAtOnceAfterWhatCameBefore() {
        count("a", 1);
        store.append(Append.to("thing-b").of(Event.of("Strange", "{}")));
        count("c", 1);
        try (RunningProjection<Tally> tally = start()) {
            assertThatThrownBy(() -> tally.await(3, SOON)).isInstanceOf(PositionNotReachedException.class)
                    .hasMessageContaining("Strange")
                    .hasMessageContaining("thing-b");
            assertThat(tally.state().of("a")).isEqualTo(1);
            assertThat(tally.state().of("c")).isZero();
        }
    }

    @Test
    void aCheckpointOfAnotherStoreStopsTheProjection() {
        checkpoints.save("tally", 1, new Checkpoint(99, Bytes.utf8("{\"counts\":{}}")));
        try (RunningProjection<Tally> tally = start()) {
            until(() -> tally.status().state() == ProjectionStatus.State.FAILED);

            assertThat(tally.status().lastError().orElseThrow().cause())
                    .isInstanceOf(PositionBeyondHeadException.class);
        }
    }

    @Test
    void aSavedStateOfAnotherShapeIsRefusedWithWhatWouldHelp() {
        checkpoints.save("tally", 1, new Checkpoint(0, Bytes.utf8("{\"sums\":{}}")));

        assertThatThrownBy(this::start).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tally")
                .hasMessageContaining("counts")
                .hasMessageContaining("higher version");
    }

    @Test
    void theTimeItHasNotMovedCountsFromWhenAnEventBeganToWait() throws InterruptedException {
        AtomicBoolean stuck = new AtomicBoolean(true);
        ListModel model = new ListModel(recorded -> {
            while (recorded.position() == 2 && stuck.get()) {
                Thread.onSpinWait();
            }
        });
        count("a", 1);
        try (RunningProjection<List<Long>> projection = start(model)) {
            projection.await(1, SOON);
            now.set(now.get().plusSeconds(3600));
            assertThat(projection.status().waiting()).isZero();

            count("a", 1);
            now.set(now.get().plusSeconds(5));
            assertThat(projection.status().waiting()).isEqualTo(Duration.ofSeconds(5));
            assertThat(projection.status().toString()).contains("has not moved for PT5S while events wait");
            stuck.set(false);
            projection.await(2, SOON);
        }
    }

    @Test
    void closingEndsAWaitAndAPauseBetweenRetries() throws Exception {
        ListModel model = new ListModel(_ -> {
            throw new IllegalStateException("never");
        });
        count("a", 1);
        RunningProjection<List<Long>> projection = RunningProjection.start(store, Tally.source(1), model,
                new Patience(5, Duration.ofMinutes(5), Duration.ofMinutes(5)), now::get);
        until(() -> projection.status().state() == ProjectionStatus.State.RETRYING);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                projection.await(1, Duration.ofMinutes(5));
            } catch (PositionNotReachedException | InterruptedException e) {
                ended.set(e);
            }
        });

        projection.close();
        projection.close();

        assertThat(waiting.join(SOON)).isTrue();
        assertThat(ended.get()).isInstanceOf(PositionNotReachedException.class).hasMessageContaining("closed");
        assertThat(projection.status().state()).isEqualTo(ProjectionStatus.State.CLOSED);
    }

    @Test
    void whenTheStoreIsClosedWaitingAndAskingSaySo() throws InterruptedException {
        try (RunningProjection<Tally> tally = start()) {
            tally.await(count("a", 1), SOON);
            store.close();
            assertThatThrownBy(() -> tally.await(2, SOON)).isInstanceOf(StoreClosedException.class);
            assertThatThrownBy(tally::status).isInstanceOf(StoreClosedException.class);
            assertThat(tally.state().of("a")).isEqualTo(1);
        }
    }

    @Test
    void whatFollowsFromAnEventNamesItAsItsCause() throws InterruptedException {
        Aggregates<Integer, Tally.Counted> echoes = Aggregates.over(store, "echo", Tally.TYPES, 0,
                (count, _) -> count + 1);
        ListModel model = new ListModel(
                recorded -> recorded.asCause().run(() -> echoes.handle(recorded.id(), _ -> List.of(recorded.event()))));
        Cause.NONE.correlation("req-1")
                .run(() -> Aggregates.over(store, "thing", Tally.TYPES, 0, (count, _) -> count + 1)
                        .handle("a", _ -> List.of(new Tally.Counted(1))));
        try (RunningProjection<List<Long>> projection = start(model)) {
            projection.await(1, SOON);
        }

        try (Reading reading = store.read(Read.all())) {
            RecordedEvent cause = reading.next();
            RecordedEvent effect = reading.next();
            assertThat(effect.stream()).isEqualTo("echo-a");
            assertThat(effect.metadataText(Metadata.CAUSATION_ID)).contains(cause.id().toString());
            assertThat(effect.metadataText(Metadata.CORRELATION_ID)).contains("req-1");
        }
    }

    @Test
    void aNameCanStandInAFileName() {
        for (String name : List.of("", "../evil", "a/b", "Upper", "-x", "x".repeat(101), "a b", "a.b")) {
            assertThatThrownBy(() -> Projection.of(name, 1, Query.all(), Tally.TYPES))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Projection.of("a", 0, Query.all(), Tally.TYPES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private RunningProjection<List<Long>> start(ListModel model) {
        return RunningProjection.start(store, Tally.source(1), model, QUICK, now::get);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** A model that takes all of a batch or nothing, as a database does. */
    private static final class ListModel implements ReadModel<Tally.Counted, List<Long>> {
        private interface Check {
            void check(Recorded<Tally.Counted> event);
        }

        private final Check check;
        private volatile List<Long> positions = List.of();
        private long checkpoint;

        ListModel(Check check) {
            this.check = check;
        }

        @Override
        public long checkpoint() {
            return checkpoint;
        }

        @Override
        public void apply(List<Recorded<Tally.Counted>> events, long position) {
            List<Long> next = new ArrayList<>(positions);
            for (Recorded<Tally.Counted> event : events) {
                check.check(event);
                next.add(event.position());
            }
            positions = List.copyOf(next);
            checkpoint = position;
        }

        @Override
        public void save() {}

        @Override
        public List<Long> view() {
            return positions;
        }
    }
}
