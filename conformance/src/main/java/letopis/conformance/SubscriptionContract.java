package letopis.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import letopis.store.Appended;
import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static letopis.conformance.Events.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every store delivers to a subscriber. */
public interface SubscriptionContract extends StoreContract {
    @Test
    default void subscriptionDeliversWhatIsThereThenSaysSoThenDeliversWhatComes(Trial trial) throws Exception {
        trial.append("a-1", events(3));
        try (var subscriber = new Subscriber(trial.store(), Query.all(), 0)) {
            subscriber.untilCaughtUp();
            assertThat(subscriber.delivered()).hasSize(3).isEqualTo(trial.readAll());

            for (int i = 0; i < 10; i++) {
                trial.append("a-" + i, event());
                assertThat(subscriber.take()).isInstanceOf(Signal.Delivered.class);
            }
            assertThat(subscriber.delivered()).isEqualTo(trial.readAll());
            assertThat(subscriber.look()).isEmpty();
        }
    }

    @Test
    default void subscriptionSaysOnceThatItCaughtUpAlsoWhenNothingMatched(Trial trial) throws Exception {
        try (var subscriber = new Subscriber(trial.store(), Query.all(), 0)) {
            assertThat(subscriber.take()).isEqualTo(new Signal.CaughtUp(0));
            assertThat(subscriber.look()).isEmpty();
        }
        long head = trial.append("a-1", events(5)).position();
        try (var subscriber = new Subscriber(trial.store(), Query.type("Missing"), 0)) {
            assertThat(subscriber.take()).isEqualTo(new Signal.CaughtUp(head));
            assertThat(subscriber.look()).isEmpty();
            trial.append("a-1", event("Missing"));
            assertThat(subscriber.take()).isInstanceOf(Signal.Delivered.class);
            assertThat(subscriber.look()).isEmpty();
        }
    }

    @Test
    default void subscriptionBeginsBeyondAnyPosition(Trial trial) throws Exception {
        for (int i = 0; i < 20; i++) {
            trial.append("a-" + i % 3, i % 2 == 0 ? event("Even") : event("Odd", "odd"));
        }
        List<RecordedEvent> all = trial.readAll();
        List<Long> afters = new ArrayList<>(List.of(0L));
        all.forEach(it -> afters.add(it.position()));
        for (long after : afters) {
            for (Query query : List.of(Query.all(), Query.stream("a-1"), Query.type("Even"), Query.tag("odd"),
                    Query.category("a"), Query.type("Even").or(Query.stream("a-1")))) {
                assertThat(Subscriber.catchUp(trial.store(), query, after)).as("%s after %d", query, after)
                        .isEqualTo(
                                all.stream().filter(it -> it.position() > after && query.matches(it)).toList());
            }
        }
    }

    @Test
    default void subscriptionBeyondTheHeadIsRefused(Trial trial) throws Exception {
        assertThatThrownBy(() -> trial.store().subscribe(Query.all(), 1))
                .isInstanceOf(PositionBeyondHeadException.class);
        long head = trial.append("a-1", events(3)).position();

        PositionBeyondHeadException refused = catchThrowableOfType(PositionBeyondHeadException.class,
                () -> trial.store().subscribe(Query.all(), head + 1));

        assertThat(refused).isNotNull();
        assertThat(refused.position()).isEqualTo(head + 1);
        assertThat(refused.head()).isEqualTo(head);
        assertThatThrownBy(() -> trial.store().subscribe(Query.all(), -1))
                .isInstanceOf(IllegalArgumentException.class);
        try (var subscriber = new Subscriber(trial.store(), Query.all(), head)) {
            assertThat(subscriber.take()).isEqualTo(new Signal.CaughtUp(head));
        }
    }

    @Test
    default void subscriptionDeliversOnlyWhatMatches(Trial trial) throws Exception {
        Query query = Query.category("a").withTypes("X").or(Query.tag("t"));
        try (var subscriber = new Subscriber(trial.store(), query, 0)) {
            subscriber.untilCaughtUp();
            trial.append("a-1", event("X"));
            trial.append("a-1", event("Y"));
            trial.append("b-1", event("X"));
            trial.append("b-1", event("Y", "t"));
            trial.append("a-1", event("X", "t"));

            subscriber.untilDelivered(3);

            assertThat(subscriber.delivered()).isEqualTo(trial.read(query));
            assertThat(subscriber.look()).isEmpty();
        }
    }

    @Test
    default void positionOfASubscriptionMovesOverWhatDoesNotMatch(Trial trial) throws Exception {
        trial.append("a-1", events(3, "Noise"));
        try (var subscriber = new Subscriber(trial.store(), Query.type("Wanted"), 0)) {
            subscriber.untilCaughtUp();
            assertThat(subscriber.subscription().position()).isEqualTo(trial.store().head());

            long head = trial.append("a-1", events(5, "Noise")).position();
            assertThat(subscriber.look()).isEmpty();
            assertThat(subscriber.subscription().position()).isEqualTo(head);

            long wanted = trial.append("a-1", event("Wanted")).position();
            trial.append("a-1", events(2, "Noise"));
            subscriber.untilDelivered(1);
            assertThat(subscriber.subscription().position()).isGreaterThanOrEqualTo(wanted);
            assertThat(subscriber.look()).isEmpty();
            assertThat(subscriber.subscription().position()).isEqualTo(trial.store().head());
        }
    }

    @Test
    default void positionOfASubscriptionIsACheckpointToGoOnFrom(Trial trial) throws Exception {
        for (int i = 0; i < 30; i++) {
            trial.append("a-1", event(i % 3 == 0 ? "Wanted" : "Noise"));
        }
        List<RecordedEvent> taken = new ArrayList<>();
        long checkpoint = 0;
        for (int i = 0; i < 10; i++) {
            try (var subscriber = new Subscriber(trial.store(), Query.type("Wanted"), checkpoint)) {
                subscriber.untilDelivered(1);
                taken.addAll(subscriber.delivered());
                checkpoint = subscriber.subscription().position();
            }
        }
        assertThat(taken).hasSize(10).isEqualTo(trial.read(Query.type("Wanted")));
    }

    @Test
    default void handOverFromCatchUpToLiveLosesAndRepeatsNothing(Trial trial) throws Exception {
        int events = 1_500;
        trial.append("a-0", events(100, "X"));
        Together.run(_ -> {
            for (int i = 0; i < events; i++) {
                trial.append("a-" + i % 5, event(i % 3 == 0 ? "X" : "Y"));
            }
        }, _ -> follow(trial, Query.all(), events + 100), _ -> follow(trial, Query.type("X"), events / 3 + 100),
                _ -> {
                    for (int i = 0; i < 20; i++) { // begins at many moments of the writing
                        follow(trial, Query.stream("a-0"), 100 + i * 10);
                    }
                });
    }

    private static void follow(Trial trial, Query query, int count) throws InterruptedException {
        try (var subscriber = new Subscriber(trial.store(), query, 0)) {
            subscriber.untilDelivered(count);
            assertThat(ids(subscriber.delivered())).isEqualTo(ids(trial.read(query)).subList(0, count));
        }
    }

    @Test
    default void eventAppendedJustBeforeOrAfterCatchingUpIsDeliveredOnce(Trial trial) throws Exception {
        for (int i = 0; i < 30; i++) {
            trial.append("a-1", event());
            try (var subscriber = new Subscriber(trial.store(), Query.stream("a-1"), 0)) {
                subscriber.untilDelivered(trial.read(Query.stream("a-1")).size());
                trial.append("a-1", event());
                subscriber.untilCaughtUp();
                trial.append("a-1", event());
                subscriber.untilDelivered(trial.read(Query.stream("a-1")).size());
                assertThat(subscriber.delivered()).isEqualTo(trial.read(Query.stream("a-1")));
                assertThat(subscriber.look()).isEmpty();
            }
        }
    }

    @Test
    default void twoSubscriptionsDoNotDisturbEachOther(Trial trial) throws Exception {
        try (var one = new Subscriber(trial.store(), Query.all(), 0);
                var other = new Subscriber(trial.store(), Query.all(), 0)) {
            one.untilCaughtUp();
            trial.append("a-1", events(10));
            one.untilDelivered(10);
            other.untilDelivered(10);
            trial.append("a-1", event());
            other.untilDelivered(11);
            one.untilDelivered(11);
            assertThat(one.delivered()).isEqualTo(other.delivered()).isEqualTo(trial.readAll());
        }
    }

    @Test
    default void subscriptionThatFallsBehindSaysSoAndCatchesUpAgain(Trial trial) throws Exception {
        int page = trial.fixture().moreThanAPage();
        try (var subscriber = new Subscriber(trial.store(), Query.all(), 0)) {
            subscriber.untilCaughtUp();
            long head = many(trial, page, "X").position();

            Signal first = subscriber.take();
            assertThat(first).isInstanceOf(Signal.FellBehind.class);
            assertThat(((Signal.FellBehind) first).head()).isEqualTo(head);
            assertThat(((Signal.FellBehind) first).position()).isZero();
            assertThat(subscriber.untilCaughtUp()).isEqualTo(new Signal.CaughtUp(head));

            assertThat(subscriber.delivered()).hasSize(page).isEqualTo(trial.readAll());
            assertThat(subscriber.look()).isEmpty();
            assertThat(subscriber.others()).hasSize(3);
        }
    }

    @Test
    default void subscriptionSaysHowFarItLookedWhereNothingMatches(Trial trial) throws Exception {
        int page = trial.fixture().moreThanAPage();
        long head = many(trial, page, "Noise").position();
        trial.append("a-1", event("Wanted"));
        try (var subscriber = new Subscriber(trial.store(), Query.type("Wanted"), 0)) {
            assertThat(subscriber.take()).isInstanceOfSatisfying(Signal.Looked.class,
                    it -> assertThat(it.position()).isBetween(1L, head));
            subscriber.untilCaughtUp();
            assertThat(subscriber.delivered()).isEqualTo(trial.read(Query.type("Wanted")));
        }
    }

    @Test
    default void slowSubscriberSlowsNobodyAndMissesNothing(Trial trial) throws Exception {
        int page = trial.fixture().moreThanAPage();
        try (var subscriber = new Subscriber(trial.store(), Query.all(), 0)) {
            subscriber.untilCaughtUp();
            many(trial, 2 * page, "X");
            assertThat(trial.store().head()).isGreaterThanOrEqualTo(2L * page);

            subscriber.untilDelivered(2 * page);
            assertThat(subscriber.delivered()).isEqualTo(trial.readAll());
        }
    }

    @Test
    default void lookWithoutWaitingReturnsAtOnce(Trial trial) throws Exception {
        try (var subscriber = new Subscriber(trial.store(), Query.all(), 0)) {
            subscriber.untilCaughtUp();
            for (int i = 0; i < 50; i++) {
                assertThat(subscriber.look()).isEmpty();
            }
            trial.append("a-1", event());
            assertThat(subscriber.look()).get().isInstanceOf(Signal.Delivered.class);
            assertThat(subscriber.subscription().poll(Duration.ofMillis(20))).isEmpty();
        }
    }

    private static Appended many(Trial trial, int count, String type) {
        Appended last = trial.append("a-1", event(type));
        for (int left = count - 1; left > 0; left -= 1_000) {
            last = trial.append("a-1", events(Math.min(left, 1_000), type));
        }
        return last;
    }
}
