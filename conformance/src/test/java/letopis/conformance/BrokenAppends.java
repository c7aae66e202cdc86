package letopis.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Query;

/** Stores that go wrong when they append. */
final class BrokenAppends {
    private BrokenAppends() {}

    static List<Bug> all() {
        return List.of(
                Bug.of("two winners of exclusive appends", BrokenAppends::checkThenAct, ConcurrencyContract.class,
                        "ofCompetingAppendsExactlyOneWins"),
                Bug.of("two winners under a query", BrokenAppends::checkThenAct, ConcurrencyContract.class,
                        "ofCompetingClaimsUnderAQueryExactlyOneWins"),
                conditions("events between the read and the append are not seen",
                        (store, it) -> new Condition.NoEventsMatch(it.query(), it.after() > 0 ? store.head() : 0),
                        QueryConditionContract.class, "everyMatchBetweenTheReadAndTheAppendBreaksTheCondition")
                        .alsoByPrograms(),
                conditions("the event at after breaks the condition",
                        (_, it) -> new Condition.NoEventsMatch(it.query(), Math.max(0, it.after() - 1)),
                        QueryConditionContract.class, "eventsUpToAfterDoNotBreakTheCondition").alsoByPrograms(),
                conditions("the event just beyond after is not seen",
                        (_, it) -> new Condition.NoEventsMatch(it.query(), it.after() + 1),
                        QueryConditionContract.class, "eventsUpToAfterDoNotBreakTheCondition").alsoByPrograms(),
                conditions("only the first item of a condition is checked",
                        (_, it) -> new Condition.NoEventsMatch(new Query(it.query().items().subList(0, 1)), it.after()),
                        QueryConditionContract.class, "everyItemOfTheQueryIsChecked").alsoByPrograms(),
                appending("only the first condition is checked",
                        (store, it) -> store.append(ForwardingStore.under(it,
                                it.conditions().subList(0, Math.min(1, it.conditions().size())))),
                        AppendConditionContract.class, "everyConditionOfSeveralMustHold").alsoByPrograms(),
                appending("a refused append leaves its first event", BrokenAppends::keepingTheFirst,
                        AppendContract.class, "refusedAppendLeavesNothing").alsoByPrograms(),
                appending("an append becomes visible in parts", BrokenAppends::inParts, ConcurrencyContract.class,
                        "readersSeeWholeAppendsAndOnlyMoreOfThem"),
                appending("a failed condition does not tell what is there", (store, it) -> {
                    try {
                        return store.append(it);
                    } catch (ConditionFailedException failed) {
                        throw failed.item().isPresent()
                                ? failed
                                : ConditionFailedException.stream(failed.condition(), Optional.empty(),
                                        Optional.empty());
                    }
                }, AppendConditionContract.class, "failedConditionOnAStreamTellsWhatWasExpectedAndWhatIsThere")
                        .alsoByPrograms(),
                appending("the first item is blamed always", (store, it) -> {
                    try {
                        return store.append(it);
                    } catch (ConditionFailedException failed) {
                        throw failed.condition() instanceof Condition.NoEventsMatch match
                                ? ConditionFailedException.query(match, 0, failed.event().orElseThrow())
                                : failed;
                    }
                }, QueryConditionContract.class, "everyItemOfTheQueryIsChecked").alsoByPrograms(),
                appending("a failed condition is an error of no kind", (store, it) -> {
                    try {
                        return store.append(it);
                    } catch (ConditionFailedException failed) {
                        throw new IllegalStateException(failed);
                    }
                }, AppendConditionContract.class, "ofTwoAppendsThatExcludeEachOtherExactlyOneSucceeds"),
                Bug.of("every seventh append is acknowledged and lost", BrokenAppends::losing, AppendContract.class,
                        "appendIsVisibleWhenItReturns").alsoByPrograms(),
                knowing("a retry is written again",
                        (store, it) -> store.append(ForwardingStore.without(it).withNewIds()),
                        "retryGetsTheSameAnswerAndIsWrittenOnce").alsoByPrograms(),
                knowing("a condition is evaluated before a retry is recognised", (store, it) -> {
                    new ForwardingStore(store).check(it.conditions());
                    return store.append(it);
                }, "retrySucceedsWhateverItsConditionOnAStreamSaysNow").alsoByPrograms(),
                Bug.of("of a partial retry the rest is written", BrokenAppends::writingTheRest,
                        IdempotentRetryContract.class, "retryWithAFurtherEventIsRefused").alsoByPrograms(),
                Bug.of("a retry in another order is accepted", BrokenAppends::inAnyOrder,
                        IdempotentRetryContract.class, "retryInAnotherOrderIsRefused").alsoByPrograms(),
                Bug.of("a retry to another stream is accepted", BrokenAppends::inAnyStream,
                        IdempotentRetryContract.class, "retryToAnotherStreamIsRefused").alsoByPrograms(),
                Bug.of("revisions of a deleted stream begin at 0 again", BrokenAppends::startingAgain,
                        ForgetContract.class, "deletedStreamIsGoneAndMayBeBegunAgain").alsoByPrograms(),
                appending("an event with a bad name is written under another", (store, it) -> {
                    List<Append.Entry> entries = it.entries()
                            .stream()
                            .map(e -> new Append.Entry(e.stream().replace("\n", " "), e.event()))
                            .toList();
                    return store.append(new Append(entries, it.conditions(), it.recordedTime()));
                }, LimitContract.class, "namesHaveNoControlCharactersAndNoHalvesOfSurrogatePairs"),
                Bug.of("an interrupted append closes the store", it -> new ForwardingStore(it) {
                    @Override
                    public Appended append(Append append) {
                        if (Thread.currentThread().isInterrupted()) {
                            store.close();
                        }
                        return store.append(append);
                    }
                }, ConcurrencyContract.class, "callsOfAnInterruptedThreadHarmNothing"),
                Bug.of("tags are lost where there are many", it -> new ForwardingStore(it) {
                    @Override
                    public Appended append(Append append) {
                        List<Append.Entry> entries = append.entries()
                                .stream()
                                .map(e -> new Append.Entry(e.stream(),
                                        e.event().tags().size() < 3 ? e.event() : e.event().withTags(Set.of())))
                                .toList();
                        return store.append(new Append(entries, append.conditions(), append.recordedTime()));
                    }
                }, AppendContract.class, "whatWasAppendedIsReadUnchanged").alsoByPrograms());
    }

    private static Bug appending(String name, BiFunction<EventStore, Append, Appended> appending,
            Class<? extends StoreContract> contract, String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            @Override
            public Appended append(Append append) {
                return appending.apply(store, append);
            }
        }, contract, test);
    }

    /** With other conditions over queries than were asked for; what is told of a failure is as it should be. */
    private static Bug conditions(String name,
            BiFunction<EventStore, Condition.NoEventsMatch, Condition.NoEventsMatch> change,
            Class<? extends StoreContract> contract, String test) {
        return appending(name, (store, append) -> {
            List<Condition> changed = append.conditions()
                    .stream()
                    .map(it -> it instanceof Condition.NoEventsMatch match ? change.apply(store, match) : it)
                    .toList();
            try {
                return store.append(ForwardingStore.under(append, changed));
            } catch (ConditionFailedException failed) {
                Condition asked = append.conditions().get(changed.indexOf(failed.condition()));
                throw asked instanceof Condition.NoEventsMatch match
                        ? ConditionFailedException.query(match, failed.item().orElseThrow(),
                                failed.event().orElseThrow())
                        : failed;
            }
        }, contract, test);
    }

    /** With something else done where all ids are known already. */
    private static Bug knowing(String name, BiFunction<EventStore, Append, Appended> knowing, String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            private final Set<UUID> known = ConcurrentHashMap.newKeySet();

            @Override
            public Appended append(Append append) {
                Appended appended = known.containsAll(Events.ids(append))
                        ? knowing.apply(store, append)
                        : store.append(append);
                known.addAll(Events.ids(append));
                return appended;
            }
        }, IdempotentRetryContract.class, test);
    }

    /** Between the check and the act there is time for another: so much that two surely meet there. */
    private static EventStore checkThenAct(EventStore memory) {
        var meeting = new CyclicBarrier(2);
        return new ForwardingStore(memory) {
            @Override
            public Appended append(Append append) {
                if (append.conditions().isEmpty()) {
                    return store.append(append);
                }
                check(append.conditions());
                try {
                    meeting.await(20, TimeUnit.MILLISECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                    meeting.reset();
                }
                return store.append(without(append));
            }
        };
    }

    private static Appended keepingTheFirst(EventStore store, Append append) {
        try {
            return store.append(append);
        } catch (ConditionFailedException failed) {
            store.append(new Append(append.entries().subList(0, 1), List.of(), Optional.empty()));
            throw failed;
        }
    }

    private static Appended inParts(EventStore store, Append append) {
        Map<String, Long> revisions = new HashMap<>();
        long first = 0;
        long last = 0;
        List<Condition> conditions = append.conditions();
        for (Append.Entry entry : append.entries()) {
            Appended part = store.append(new Append(List.of(entry), conditions, append.recordedTime()));
            conditions = List.of();
            first = first == 0 ? part.firstPosition() : first;
            last = part.position();
            revisions.putAll(part.revisions());
            LockSupport.parkNanos(100_000);
        }
        return new Appended(first, last, revisions);
    }

    private static EventStore losing(EventStore memory) {
        return new ForwardingStore(memory) {
            private int count;

            @Override
            public synchronized Appended append(Append append) {
                if (++count % 7 > 0 || !append.conditions().isEmpty()) {
                    return store.append(append);
                }
                Map<String, Long> revisions = new HashMap<>();
                append.entries()
                        .forEach(it -> revisions.put(it.stream(),
                                store.stream(it.stream()).map(info -> info.lastRevision() + 1).orElse(0L)));
                return new Appended(head() + 1, head() + append.entries().size(), revisions);
            }
        };
    }

    private static EventStore writingTheRest(EventStore memory) {
        return new ForwardingStore(memory) {
            private final Set<UUID> known = new HashSet<>();

            @Override
            public synchronized Appended append(Append append) {
                List<Append.Entry> fresh = append.entries()
                        .stream()
                        .filter(it -> !known.contains(it.event().id()))
                        .toList();
                Appended appended = store.append(fresh.isEmpty()
                        ? append
                        : new Append(fresh, append.conditions(), append.recordedTime()));
                known.addAll(Events.ids(append));
                return appended;
            }
        };
    }

    private static EventStore inAnyOrder(EventStore memory) {
        return new ForwardingStore(memory) {
            private final List<UUID> known = new ArrayList<>();

            @Override
            public synchronized Appended append(Append append) {
                List<Append.Entry> entries = new ArrayList<>(append.entries());
                if (known.containsAll(Events.ids(append))) {
                    entries.sort(Comparator.comparingInt(it -> known.indexOf(it.event().id())));
                }
                Appended appended = store.append(new Append(entries, append.conditions(), append.recordedTime()));
                known.addAll(Events.ids(append));
                return appended;
            }
        };
    }

    private static EventStore inAnyStream(EventStore memory) {
        return new ForwardingStore(memory) {
            private final Map<UUID, String> streams = new HashMap<>();

            @Override
            public synchronized Appended append(Append append) {
                UnaryOperator<Append.Entry> where = it -> new Append.Entry(
                        streams.getOrDefault(it.event().id(), it.stream()), it.event());
                Append there = new Append(append.entries().stream().map(where).toList(), append.conditions(),
                        append.recordedTime());
                Appended appended = store.append(there);
                there.entries().forEach(it -> streams.put(it.event().id(), it.stream()));
                return appended;
            }
        };
    }

    private static EventStore startingAgain(EventStore memory) {
        return new ForwardingStore(memory) {
            private final Map<String, Long> begun = new ConcurrentHashMap<>();

            @Override
            public Appended append(Append append) {
                Appended it = store.append(append);
                Map<String, Long> revisions = new HashMap<>(it.revisions());
                revisions.replaceAll((stream, revision) -> revision - begun.getOrDefault(stream, 0L));
                return new Appended(it.firstPosition(), it.position(), revisions);
            }

            @Override
            public void forget(Forget forget) {
                store.forget(forget);
                if (forget instanceof Forget.Delete) {
                    begun.put(forget.stream(), store.stream(forget.stream()).orElseThrow().lastRevision() + 1);
                }
            }
        };
    }
}
