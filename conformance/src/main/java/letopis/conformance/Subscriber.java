package letopis.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;

import static org.assertj.core.api.Assertions.assertThat;

/** Takes what a subscription has to say, and checks what every subscription keeps to. */
final class Subscriber implements AutoCloseable {
    /** How long a signal may take that must come. */
    static final Duration SOON = Duration.ofSeconds(20);

    private final Subscription subscription;
    private final Query query;
    private final List<RecordedEvent> delivered = new ArrayList<>();
    private final List<Signal> others = new ArrayList<>();
    private boolean caughtUp;
    private long position;

    Subscriber(EventStore store, Query query, long after) {
        this.subscription = store.subscribe(query, after);
        this.query = query;
        this.position = after;
        assertThat(subscription.position()).as("position at the beginning").isEqualTo(after);
    }

    /** What matches beyond a position, as a subscription delivers it until it says that it has caught up. */
    static List<RecordedEvent> catchUp(EventStore store, Query query, long after) {
        try (var subscriber = new Subscriber(store, query, after)) {
            subscriber.untilCaughtUp();
            return subscriber.delivered();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while catching up", interrupted);
        }
    }

    List<RecordedEvent> delivered() {
        return delivered;
    }

    /** The signals that were no events. */
    List<Signal> others() {
        return others;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Takes signals up to the one that says that it has caught up. */
    Signal.CaughtUp untilCaughtUp() throws InterruptedException {
        while (true) {
            if (take() instanceof Signal.CaughtUp signal) {
                return signal;
            }
        }
    }

    /** Takes signals until so many events were delivered in all. */
    void untilDelivered(int events) throws InterruptedException {
        while (delivered.size() < events) {
            take();
        }
    }

    /** The next signal, which must come soon. */
    Signal take() throws InterruptedException {
        Optional<Signal> signal = subscription.poll(SOON);
        assertThat(signal).as("a signal after position %d, with %d events delivered", position, delivered.size())
                .isPresent();
        noted(signal.get());
        return signal.get();
    }

    /** What there is to say without waiting. */
    Optional<Signal> look() throws InterruptedException {
        Optional<Signal> signal = subscription.poll(Duration.ZERO);
        signal.ifPresent(this::noted);
        return signal;
    }

    private void noted(Signal signal) {
        long now = subscription.position();
        assertThat(now).as("position of the subscription at %s", signal).isGreaterThanOrEqualTo(position);
        switch (signal) {
            case Signal.Delivered it -> {
                assertThat(it.event().position()).as("position of the event delivered").isGreaterThan(position);
                assertThat(query.matches(it.event())).as("whether \"%s\" matches %s", query, it.event()).isTrue();
                assertThat(now).as("position of the subscription").isGreaterThanOrEqualTo(it.event().position());
                delivered.add(it.event());
            }
            case Signal.CaughtUp it -> {
                assertThat(caughtUp).as("said that it had caught up already").isFalse();
                assertThat(it.position()).as("position at which it caught up").isEqualTo(now);
                caughtUp = true;
            }
            case Signal.FellBehind it -> {
                assertThat(caughtUp).as("had caught up before it fell behind").isTrue();
                assertThat(it.position()).as("position at which it fell behind").isEqualTo(now);
                assertThat(it.head()).as("head when it fell behind").isGreaterThan(it.position());
                caughtUp = false;
            }
            case Signal.Looked it -> {
                assertThat(it.position()).as("position up to which it looked").isEqualTo(now).isGreaterThan(position);
            }
        }
        if (!(signal instanceof Signal.Delivered)) {
            others.add(signal);
        }
        position = now;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
