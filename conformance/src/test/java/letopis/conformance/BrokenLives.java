package letopis.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import letopis.memory.MemoryEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.StoreException;
import letopis.store.StreamInfo;

/** Stores that go wrong when they forget, list, refuse, promise, or are closed and opened. */
final class BrokenLives {
    private BrokenLives() {}

    static List<Bug> all() {
        return List.of(
                forgetting("a tombstone is a deletion",
                        it -> it instanceof Forget.Tombstone
                                ? Optional.of(Forget.delete(it.stream()))
                                : Optional.of(it),
                        ForgetContract.class, "tombstonedStreamIsGoneForEver").alsoByPrograms(),
                forgetting("a deletion is a truncation",
                        it -> Optional.of(it instanceof Forget.Delete ? Forget.before(it.stream(), 1) : it),
                        ForgetContract.class, "deletedStreamIsGoneAndMayBeBegunAgain").alsoByPrograms(),
                forgetting("a truncation forgets one event too few",
                        it -> Optional.of(it instanceof Forget.Truncate t && t.beforeRevision() > 0
                                ? Forget.before(t.stream(), t.beforeRevision() - 1)
                                : it),
                        ForgetContract.class, "truncatedEventsDisappearFromEveryRead").alsoByPrograms(),
                forgetting("a retention is ignored", it -> Optional.of(it).filter(f -> !(f instanceof Forget.Retain)),
                        RetentionContract.class, "onlyTheNewestEventsAreKeptByCount").alsoByPrograms(),
                forgetting("an age is ignored",
                        it -> Optional.of(it instanceof Forget.Retain r
                                ? Forget.beyond(r.stream(),
                                        new Forget.Retention(Optional.empty(), r.retention().maxCount()))
                                : it),
                        RetentionContract.class, "onlyYoungEventsAreKeptByAge").alsoByPrograms(),
                Bug.of("streams are listed in the order of chars", it -> new ForwardingStore(it) {
                    @Override
                    public List<StreamInfo> streams(String prefix, String after, int limit) {
                        return super.streams(prefix, "", Integer.MAX_VALUE).stream()
                                .filter(info -> info.stream().compareTo(after) > 0)
                                .sorted(Comparator.comparing(StreamInfo::stream))
                                .limit(Math.max(1, limit))
                                .toList();
                    }
                }, ListingContract.class, "streamsComeInTheOrderOfTheirBytes"),
                Bug.of("deleted streams are not listed", it -> new ForwardingStore(it) {
                    @Override
                    public List<StreamInfo> streams(String prefix, String after, int limit) {
                        return super.streams(prefix, after, limit).stream()
                                .filter(info -> info.state() == StreamInfo.State.OPEN)
                                .toList();
                    }
                }, ListingContract.class, "deletedAndTombstonedStreamsAreListed").alsoByPrograms(),
                Bug.opened("limits are not those that were asked for",
                        (_, clock) -> MemoryEventStore.open(Limits.DEFAULT, clock), LimitContract.class,
                        "eventHasALimitOfBytes"),
                Bug.opened("an event may have a tag too many", (l, clock) -> {
                    var wider = new Limits(l.maxEventBytes(), l.maxAppendBytes(), l.maxAppendEvents(),
                            l.maxStreamNameBytes(), l.maxTypeBytes(), l.maxContentTypeBytes(), l.maxTagBytes(),
                            l.maxTags() + 1);
                    return MemoryEventStore.open(wider, clock);
                }, LimitContract.class, "eventHasALimitOfTags"),
                Bug.lacking("what it lacks it refuses with an error of no kind", Capability.QUERY_CONDITIONS,
                        it -> new Lacking(it, Set.of(Capability.QUERY_CONDITIONS)) {
                            @Override
                            void refuse(Capability capability) {
                                throw new UnsupportedOperationException();
                            }
                        }, QueryConditionContract.class, "everyItemOfTheQueryIsChecked"),
                Bug.lacking("what it lacks it does as well as it can", Capability.SEVERAL_STREAMS,
                        it -> new Lacking(it, Set.of(Capability.SEVERAL_STREAMS)) {
                            @Override
                            void refuse(Capability capability) {}
                        }, AppendContract.class, "appendToSeveralStreamsAnswersWithTheRevisionOfEach"),
                Bug.of("it does not say what it can do", it -> new ForwardingStore(it) {
                    @Override
                    public Set<Capability> capabilities() {
                        return EnumSet.of(Capability.APPEND);
                    }
                }, LifecycleContract.class, "storeTellsWhatItCanDo"),
                Bug.of("a closed store goes on", it -> new ForwardingStore(it) {
                    @Override
                    public void close() {}
                }, LifecycleContract.class, "closedStoreSaysSo"),
                Bug.of("futures fail with something around the error", it -> new ForwardingStore(it) {
                    @Override
                    public CompletableFuture<Appended> submit(Append append) {
                        try {
                            return CompletableFuture.completedFuture(append(append));
                        } catch (StoreException refused) {
                            return CompletableFuture.failedFuture(new CompletionException(refused));
                        }
                    }
                }, SubmitContract.class, "futureFailsWithTheStoresErrorItself"),
                Bug.of("submitted appends overtake each other", BrokenLives::overtaking, SubmitContract.class,
                        "appendsOfOneThreadAreWrittenInTheOrderOfItsCalls"),
                Bug.of("appends under way are dropped on closing", BrokenLives::dropping, SubmitContract.class,
                        "acceptedAppendsAreAnsweredBeforeTheStoreIsClosed"),
                Bug.durable("it forgets everything when it is closed",
                        (_, limits, clock) -> Replayed.open(Replayed.newJournal(), limits, clock),
                        LifecycleContract.class, "whatWasAppendedIsThereAgainWhenTheStoreIsOpenedAgain")
                        .alsoByPrograms(),
                Bug.durable("it forgets the last append when it is closed", (journal, limits, clock) -> {
                    if (!journal.isEmpty()) {
                        journal.removeLast();
                    }
                    return Replayed.open(journal, limits, clock);
                }, LifecycleContract.class, "whatWasAppendedIsThereAgainWhenTheStoreIsOpenedAgain").alsoByPrograms(),
                Bug.durable("it does not know retries once it was closed", (journal, limits, clock) -> {
                    EventStore kept = Replayed.open(new ArrayList<>(journal), limits, clock);
                    long known = kept.head();
                    return journal.isEmpty() ? Replayed.open(journal, limits, clock) : new ForwardingStore(kept) {
                        @Override
                        public Appended append(Append append) {
                            Appended answer = store.append(append);
                            return answer.position() > known ? answer : store.append(append.withNewIds());
                        }

                        @Override
                        public Set<Capability> capabilities() {
                            return EnumSet.allOf(Capability.class);
                        }
                    };
                }, IdempotentRetryContract.class, "retryAfterReopeningGetsTheSameAnswer"),
                Bug.durable("what was forgotten is back when it is opened again", (journal, limits, clock) -> {
                    journal.removeIf(it -> it instanceof Replayed.Done.Forgot);
                    return Replayed.open(journal, limits, clock);
                }, ForgetContract.class, "whatIsForgottenStaysForgottenWhenTheStoreIsOpenedAgain").alsoByPrograms(),
                Bug.durable("time goes back when it is opened again", (journal, limits, clock) -> {
                    journal.replaceAll(it -> it instanceof Replayed.Done.Wrote wrote
                            ? new Replayed.Done.Wrote(new Append(wrote.append().entries(), List.of(),
                                    Optional.empty()))
                            : it);
                    return Replayed.open(journal, limits, clock);
                }, RecordedTimeContract.class, "recordedTimeDoesNotGoBackwardsOverReopening"));
    }

    private static Bug forgetting(String name, Function<Forget, Optional<Forget>> change,
            Class<? extends StoreContract> contract, String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            @Override
            public void forget(Forget forget) {
                change.apply(forget).ifPresent(store::forget);
            }
        }, contract, test);
    }

    /** Holds back every tenth append without a condition until the next one was written. */
    private static EventStore overtaking(EventStore memory) {
        return new ForwardingStore(memory) {
            private final List<Runnable> held = new ArrayList<>();
            private int count;

            @Override
            public synchronized CompletableFuture<Appended> submit(Append append) {
                if (++count % 10 == 0) {
                    var answer = new CompletableFuture<Appended>();
                    held.add(() -> answer.complete(append(append)));
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                            .execute(this::release);
                    return answer;
                }
                CompletableFuture<Appended> answer = super.submit(append);
                release();
                return answer;
            }

            private synchronized void release() {
                held.forEach(Runnable::run);
                held.clear();
            }
        };
    }

    /** Answers late, and not at all once it is closed. */
    private static EventStore dropping(EventStore memory) {
        return new ForwardingStore(memory) {
            @Override
            public CompletableFuture<Appended> submit(Append append) {
                CompletableFuture<Appended> written = super.submit(append);
                var answer = new CompletableFuture<Appended>();
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                        .execute(() -> {
                            Throwable failure = written.handle((_, thrown) -> thrown).join();
                            boolean _ = failure == null
                                    ? answer.complete(written.join())
                                    : answer.completeExceptionally(failure);
                        });
                return answer;
            }
        };
    }
}
