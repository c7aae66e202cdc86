package letopis.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.Signal;
import letopis.store.Subscription;

/** Stores that go wrong when they are subscribed to. */
final class BrokenSubscriptions {
    private BrokenSubscriptions() {}

    static List<Bug> all() {
        return List.of(
                handOver("an event is lost at the hand-over from catch-up to live", (head, _) -> head,
                        "eventAppendedJustBeforeOrAfterCatchingUpIsDeliveredOnce").thatHangs(),
                handOver("an event comes twice at the hand-over from catch-up to live",
                        (_, position) -> Math.max(0, position - 1),
                        "eventAppendedJustBeforeOrAfterCatchingUpIsDeliveredOnce").alsoByPrograms(),
                subscribing("the first event after the checkpoint is missing",
                        (store, query, after) -> store.subscribe(query,
                                after > 0 && after < store.head() ? after + 1 : after),
                        "subscriptionBeginsBeyondAnyPosition").alsoByPrograms(),
                subscribing("the event at the checkpoint comes again",
                        (store, query, after) -> store.subscribe(query, after > 0 ? after - 1 : after),
                        "subscriptionBeginsBeyondAnyPosition").alsoByPrograms(),
                subscribing("a checkpoint beyond the head is taken for the head",
                        (store, query, after) -> store.subscribe(query, Math.min(after, store.head())),
                        "subscriptionBeyondTheHeadIsRefused"),
                subscribing("only the first item of the query is subscribed to",
                        (store, query, after) -> store.subscribe(new Query(query.items().subList(0, 1)), after),
                        "subscriptionDeliversOnlyWhatMatches").thatHangs().alsoByPrograms(),
                signals("it does not say that it caught up where nothing matched", it -> new Filtered(it) {
                    private boolean delivered;

                    @Override
                    boolean passes(Signal signal) {
                        delivered |= signal instanceof Signal.Delivered;
                        return delivered || !(signal instanceof Signal.CaughtUp);
                    }
                }, SubscriptionContract.class, "subscriptionSaysOnceThatItCaughtUpAlsoWhenNothingMatched")
                        .thatHangs()
                        .alsoByPrograms(),
                signals("it says after each event that it caught up", it -> new ForwardingSubscription(it) {
                    private boolean delivered;

                    @Override
                    public Optional<Signal> poll(Duration wait) throws InterruptedException {
                        if (delivered) {
                            delivered = false;
                            return Optional.of(new Signal.CaughtUp(position()));
                        }
                        Optional<Signal> signal = super.poll(wait);
                        delivered = signal.orElse(null) instanceof Signal.Delivered;
                        return signal;
                    }
                }, SubscriptionContract.class, "subscriptionDeliversWhatIsThereThenSaysSoThenDeliversWhatComes")
                        .alsoByPrograms(),
                signals("it does not say that it fell behind", it -> new Filtered(it) {
                    @Override
                    boolean passes(Signal signal) {
                        return !(signal instanceof Signal.FellBehind);
                    }
                }, SubscriptionContract.class, "subscriptionThatFallsBehindSaysSoAndCatchesUpAgain"),
                signals("it does not say how far it looked", it -> new Filtered(it) {
                    @Override
                    boolean passes(Signal signal) {
                        return !(signal instanceof Signal.Looked);
                    }
                }, SubscriptionContract.class, "subscriptionSaysHowFarItLookedWhereNothingMatches"),
                signals("its position stays where the last event was", it -> new ForwardingSubscription(it) {
                    private long last = it.position();

                    @Override
                    public Optional<Signal> poll(Duration wait) throws InterruptedException {
                        Optional<Signal> signal = super.poll(wait);
                        if (signal.orElse(null) instanceof Signal.Delivered delivered) {
                            last = delivered.event().position();
                        }
                        return signal;
                    }

                    @Override
                    public long position() {
                        return last;
                    }
                }, SubscriptionContract.class, "positionOfASubscriptionMovesOverWhatDoesNotMatch").alsoByPrograms(),
                signals("events beyond the 1,000th that waits are dropped", it -> new ForwardingSubscription(it) {
                    private int behind;

                    @Override
                    public Optional<Signal> poll(Duration wait) throws InterruptedException {
                        Optional<Signal> signal = super.poll(wait);
                        behind = signal.orElse(null) instanceof Signal.Delivered ? behind + 1 : 0;
                        return behind > 1_000 ? poll(wait) : signal;
                    }
                }, SubscriptionContract.class, "slowSubscriberSlowsNobodyAndMissesNothing").thatHangs(),
                signals("a waiting call does not see that the subscription is closed",
                        it -> new ForwardingSubscription(it) {
                            @Override
                            public void close() {}
                        }, WaitingContract.class, "closingASubscriptionEndsItsWait").thatHangs(),
                signals("a look without waiting waits", it -> new ForwardingSubscription(it) {
                    @Override
                    public Optional<Signal> poll(Duration wait) throws InterruptedException {
                        return super.poll(wait.isZero() ? Duration.ofHours(1) : wait);
                    }
                }, SubscriptionContract.class, "lookWithoutWaitingReturnsAtOnce").thatHangs(),
                signals("a wait does not end in its time", it -> new ForwardingSubscription(it) {
                    @Override
                    public Optional<Signal> poll(Duration wait) throws InterruptedException {
                        return super.poll(wait.isZero() ? wait : Duration.ofHours(1));
                    }
                }, WaitingContract.class, "waitWithoutAnEventEndsInItsTime").thatHangs(),
                Bug.of("an interrupted wait closes the store", it -> new ForwardingStore(it) {
                    @Override
                    public Subscription subscribe(Query query, long after) {
                        return new ForwardingSubscription(store.subscribe(query, after)) {
                            @Override
                            public Optional<Signal> poll(Duration wait) throws InterruptedException {
                                try {
                                    return super.poll(wait);
                                } catch (InterruptedException interrupted) {
                                    store.close();
                                    throw interrupted;
                                }
                            }
                        };
                    }
                }, WaitingContract.class, "interruptEndsTheWaitAndHarmsNothing"),
                signals("an interrupted wait loses the next event", it -> new ForwardingSubscription(it) {
                    private boolean lose;

                    @Override
                    public Optional<Signal> poll(Duration wait) throws InterruptedException {
                        try {
                            Optional<Signal> signal = super.poll(wait);
                            if (lose && signal.isPresent()) {
                                lose = false;
                                return super.poll(wait);
                            }
                            return signal;
                        } catch (InterruptedException interrupted) {
                            lose = true;
                            throw interrupted;
                        }
                    }
                }, WaitingContract.class, "interruptEndsTheWaitAndHarmsNothing").thatHangs());
    }

    /** How a store subscribes. */
    @FunctionalInterface
    private interface Subscribing {
        Subscription subscribe(EventStore store, Query query, long after);
    }

    /** Where the live part begins, given the head at that moment and the position at which the catch-up ended. */
    @FunctionalInterface
    private interface HandOver {
        long after(long head, long position);
    }

    /** Passes on only some signals. */
    private abstract static class Filtered extends ForwardingSubscription {
        Filtered(Subscription subscription) {
            super(subscription);
        }

        abstract boolean passes(Signal signal);

        @Override
        public Optional<Signal> poll(Duration wait) throws InterruptedException {
            while (true) {
                Optional<Signal> signal = super.poll(wait);
                if (signal.isEmpty() || passes(signal.get())) {
                    return signal;
                }
            }
        }
    }

    private static Bug subscribing(String name, Subscribing subscribing, String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            @Override
            public Subscription subscribe(Query query, long after) {
                return subscribing.subscribe(store, query, after);
            }
        }, SubscriptionContract.class, test);
    }

    private static Bug signals(String name, UnaryOperator<Subscription> change,
            Class<? extends StoreContract> contract, String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            @Override
            public Subscription subscribe(Query query, long after) {
                return change.apply(store.subscribe(query, after));
            }
        }, contract, test);
    }

    /** The live part is another subscription than the catch-up, opened when that is asked again. */
    private static Bug handOver(String name, HandOver handOver, String test) {
        return subscribing(name, (store, query, after) -> new ForwardingSubscription(store.subscribe(query, after)) {
            private boolean handsOver;

            @Override
            public Optional<Signal> poll(Duration wait) throws InterruptedException {
                if (handsOver) {
                    handsOver = false;
                    long from = handOver.after(store.head(), subscription.position());
                    subscription.close();
                    subscription = store.subscribe(query, from);
                    Optional<Signal> first = subscription.poll(wait);
                    return first.orElse(null) instanceof Signal.CaughtUp ? subscription.poll(wait) : first;
                }
                Optional<Signal> signal = super.poll(wait);
                handsOver = signal.orElse(null) instanceof Signal.CaughtUp;
                return signal;
            }
        }, test);
    }
}
