package letopis;

import java.time.Duration;
import java.util.List;

import letopis.memory.MemoryEventStore;
import letopis.model.Aggregates;
import letopis.model.Decider;
import letopis.model.EventSourced;
import letopis.model.EventTypes;
import letopis.model.projection.CheckpointStore;
import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.model.projection.ProjectionStatus;
import letopis.model.projection.RunningProjection;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.StoreClosedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LetopisTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    record Clicked(int times) {}

    record Total(long clicks) {}

    private static final FoldedProjection<Total, Clicked> TOTAL = Projection
            .of("total", 1, Query.category("button"), Clicked.class)
            .folding(new Total(0), (total, clicked) -> new Total(total.clicks() + clicked.event().times()));

    static final class Button extends EventSourced<Clicked> {
        private int clicks;

        void click() {
            raise(new Clicked(1));
        }

        @Override
        protected void on(Clicked event) {
            clicks += event.times();
        }
    }

    private final MemoryEventStore store = MemoryEventStore.open();

    private static Aggregates<Integer, Clicked> buttons(Letopis letopis) {
        return letopis.aggregates("button", Clicked.class, 0, (clicks, clicked) -> clicks + clicked.times());
    }

    @Test
    void everyWayOfDecidingSeesTheSameEvents() {
        try (Letopis letopis = Letopis.over(store)) {
            Decider<Integer, Integer, Clicked> decider = Decider.of(0, (times, _) -> List.of(new Clicked(times)),
                    (clicks, clicked) -> clicks + clicked.times());

            buttons(letopis).handle("1", _ -> List.of(new Clicked(1)));
            letopis.aggregates("button", Clicked.class, decider).handle("1", decider.on(2));
            letopis.objects("button", Clicked.class, Button::new).handle("1", Button::click);
            letopis.decisions(EventTypes.of(Clicked.class))
                    .within(Query.category("button"), 0, (clicks, clicked) -> clicks + clicked.times())
                    .handle("button-2", clicks -> List.of(new Clicked(clicks)));

            assertThat(buttons(letopis).load("1").state()).isEqualTo(4);
            assertThat(letopis.objects("button", Clicked.class, Button::new).load("2").state().clicks).isEqualTo(4);
        }
    }

    @Test
    void eventsCanBeFoldedOnTheFlyAsOfNowAndAsOfThen() {
        try (Letopis letopis = Letopis.over(store)) {
            buttons(letopis).handle("1", _ -> List.of(new Clicked(1), new Clicked(2)));
            Query query = Query.category("button");

            assertThat(letopis.fold(query, Clicked.class, 0, (sum, it) -> sum + it.times()).state()).isEqualTo(3);
            assertThat(letopis.fold(query, Clicked.class, 0, (sum, it) -> sum + it.times(), Point.position(1)).state())
                    .isEqualTo(1);
            assertThat(letopis.fold(TOTAL).state()).isEqualTo(new Total(3));
            assertThat(letopis.fold(TOTAL).position()).isEqualTo(2);
            assertThat(letopis.fold(TOTAL, Point.position(1)).state()).isEqualTo(new Total(1));
        }
    }

    @Test
    void aProjectionEndsWithItAndGoesOnTheNextTime() throws InterruptedException {
        CheckpointStore checkpoints = CheckpointStore.inMemory();
        RunningProjection<Total> first;
        try (Letopis letopis = Letopis.over(store, checkpoints)) {
            first = letopis.project(TOTAL);
            assertThat(first.await(buttons(letopis).handle("1", _ -> List.of(new Clicked(5))).position(), SOON))
                    .isEqualTo(new Total(5));
        }

        assertThat(first.status().state()).isEqualTo(ProjectionStatus.State.CLOSED);
        assertThat(checkpoints.load("total", 1).orElseThrow().position()).isEqualTo(1);
        try (Letopis letopis = Letopis.over(store, checkpoints)) {
            assertThat(letopis.project(TOTAL).state()).isEqualTo(new Total(5));
        }
    }

    @Test
    void aProjectionRunsOnceAtATime() {
        try (Letopis letopis = Letopis.over(store)) {
            RunningProjection<Total> running = letopis.project(TOTAL);

            assertThatThrownBy(() -> letopis.project(TOTAL)).isInstanceOf(IllegalStateException.class)
                    .hasMessage("projection total version 1 runs already");
            running.close();
            assertThat(letopis.project(TOTAL).isClosed()).isFalse();
        }
    }

    @Test
    void aStoreThatWasGivenStaysOpen() {
        Letopis letopis = Letopis.over(store);
        letopis.close();
        letopis.close();

        assertThat(store.head()).isZero();
        assertThatThrownBy(() -> letopis.project(TOTAL)).isInstanceOf(StoreClosedException.class);
    }
}
