package letopis.conformance;

import java.time.Duration;
import java.util.Optional;

import letopis.store.Signal;
import letopis.store.Subscription;

/** Passes everything on to another subscription; every signal goes by way of {@link #poll}. */
class ForwardingSubscription implements Subscription {
    Subscription subscription;

    ForwardingSubscription(Subscription subscription) {
        this.subscription = subscription;
    }

    @Override
    public Signal next() throws InterruptedException {
        while (true) {
            Optional<Signal> signal = poll(Duration.ofHours(1));
            if (signal.isPresent()) {
                return signal.get();
            }
        }
    }

    @Override
    public Optional<Signal> poll(Duration wait) throws InterruptedException {
        return subscription.poll(wait);
    }

    @Override
    public long position() {
        return subscription.position();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
