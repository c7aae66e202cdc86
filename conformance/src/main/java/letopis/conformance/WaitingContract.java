package letopis.conformance;

import java.time.Duration;

import letopis.store.Query;
import letopis.store.Signal;
import letopis.store.StoreClosedException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What ends the wait of a subscriber: an event, the end of its patience, an interrupt, and closing. */
public interface WaitingContract extends StoreContract {
    @Test
    default void waitEndsWithTheEventThatComes(Trial trial) throws Exception {
        for (int i = 0; i < 10; i++) {
            try (Subscription subscription = caughtUp(trial)) {
                boolean withLimit = i % 2 == 0;
                var waiting = new Waiting(() -> withLimit
                        ? subscription.poll(Subscriber.SOON).orElseThrow()
                        : subscription.next());
                trial.append("a-1", event());

                assertThat(waiting.answer()).isInstanceOfSatisfying(Signal.Delivered.class,
                        it -> assertThat(it.event()).isEqualTo(trial.readAll().getLast()));
            }
        }
    }

    @Test
    default void waitGoesOnOverEventsThatDoNotMatch(Trial trial) throws Exception {
        try (Subscription subscription = trial.store().subscribe(Query.type("Wanted"), 0)) {
            assertThat(subscription.next()).isInstanceOf(Signal.CaughtUp.class);
            var waiting = new Waiting(subscription::next);
            for (int i = 0; i < 20; i++) {
                trial.append("a-1", event("Noise"));
            }
            trial.append("a-1", event("Wanted"));

            assertThat(waiting.answer()).isInstanceOfSatisfying(Signal.Delivered.class,
                    it -> assertThat(it.event().type()).isEqualTo("Wanted"));
        }
    }

    @Test
    default void waitWithoutAnEventEndsInItsTime(Trial trial) throws Exception {
        try (Subscription subscription = caughtUp(trial)) {
            long start = System.nanoTime();
            assertThat(subscription.poll(Duration.ofMillis(60))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
    }

    @Test
    default void closingASubscriptionEndsItsWait(Trial trial) throws Exception {
        Subscription subscription = caughtUp(trial);
        var waiting = new Waiting(subscription::next);
        subscription.close();

        assertThat(waiting.failure()).isInstanceOf(StoreClosedException.class);
        assertThat(trial.append("a-1", event()).revision("a-1")).isZero();
    }

    @Test
    default void closingTheStoreEndsEveryWait(Trial trial) throws Exception {
        Subscription one = caughtUp(trial);
        Subscription other = trial.store().subscribe(Query.type("Missing"), 0);
        assertThat(other.next()).isInstanceOf(Signal.CaughtUp.class);
        var waiting = new Waiting(one::next);
        var polling = new Waiting(() -> other.poll(Duration.ofHours(1)).orElseThrow());
        trial.closeStore();

        assertThat(waiting.failure()).isInstanceOf(StoreClosedException.class);
        assertThat(polling.failure()).isInstanceOf(StoreClosedException.class);
        one.close();
        other.close();
    }

    @Test
    default void closedSubscriptionSaysSo(Trial trial) throws Exception {
        trial.append("a-1", event());
        Subscription subscription = trial.store().subscribe(Query.all(), 0);
        subscription.close();
        subscription.close();

        assertThatThrownBy(subscription::next).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> subscription.poll(Duration.ZERO)).isInstanceOf(StoreClosedException.class);
    }

    @Test
    default void interruptEndsTheWaitAndHarmsNothing(Trial trial) throws Exception {
        try (Subscription subscription = caughtUp(trial)) {
            for (int i = 0; i < 5; i++) {
                var waiting = new Waiting(subscription::next);
                waiting.interrupt();
                assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
                trial.append("a-1", event());

                assertThat(subscription.next()).isInstanceOfSatisfying(Signal.Delivered.class,
                        it -> assertThat(it.event()).isEqualTo(trial.readAll().getLast()));
            }
            assertThat(trial.readAll()).hasSize(5);
        }
    }

    private static Subscription caughtUp(Trial trial) throws InterruptedException {
        Subscription subscription = trial.store().subscribe(Query.all(), trial.store().head());
        assertThat(subscription.next()).isInstanceOf(Signal.CaughtUp.class);
        return subscription;
    }
}
