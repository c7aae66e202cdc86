package letopis.conformance;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import letopis.memory.MemoryEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/** Stores that go wrong when they read. */
final class BrokenReads {
    private BrokenReads() {}

    static List<Bug> all() {
        return List.of(
                events("backwards reads come forwards",
                        (read, events) -> read.isBackwards() ? Events.reversed(events) : events, ReadContract.class,
                        "readBackwardsIsTheReadForwardsTurnedRound").alsoByPrograms(),
                reads("backwards reads take the oldest within their limit",
                        (store, it) -> it.isBackwards() && it.from().isEmpty() && it.to().isEmpty()
                                ? Events.reversed(ListedReading.all(store, Read.of(it.query()).limit(it.limit())))
                                : ListedReading.all(store, it),
                        ReadContract.class, "limitEndsARead").alsoByPrograms(),
                asking("a limit is one too large",
                        it -> it.limit(it.limit() < Integer.MAX_VALUE ? it.limit() + 1 : it.limit()),
                        ReadContract.class, "limitEndsARead").alsoByPrograms(),
                events("the last event of a long read is missing",
                        (_, events) -> events.size() > 1_000 ? events.subList(0, events.size() - 1) : events,
                        ReadContract.class, "longReadIsCompleteBothWays"),
                asking("a read from a time begins after it",
                        it -> it.from().isPresent() && it.from().get() instanceof Point.Time at && !it.isBackwards()
                                ? it.from(Point.time(at.time().plusNanos(1_000)))
                                : it,
                        ReadContract.class, "readBeginsAndEndsAtTimes").alsoByPrograms(),
                asking("a read from a position begins after it",
                        it -> it.from().isPresent() && it.from().get() instanceof Point.Position at
                                && !it.isBackwards() ? it.from(Point.position(at.position() + 1)) : it,
                        ReadContract.class, "readBeginsAndEndsAtPositions").alsoByPrograms(),
                asking("a read of a stream ends before its last revision",
                        it -> it.to().isPresent() && it.to().get() instanceof Point.Revision at && !it.isBackwards()
                                && at.revision() > 0 ? it.to(Point.revision(at.revision() - 1)) : it,
                        ReadContract.class, "readOfAStreamBeginsAndEndsAtRevisions").alsoByPrograms(),
                Bug.of("the head handed back is that of the last event that matched", it -> new ForwardingStore(it) {
                    @Override
                    public Reading read(Read read) {
                        List<RecordedEvent> events = ListedReading.all(store, read);
                        long head = events.stream().mapToLong(RecordedEvent::position).max().orElse(0);
                        return new ListedReading(store, events, () -> head);
                    }
                }, ReadContract.class, "everyReadHandsBackTheHeadAlsoWhenItFindsNothing").alsoByPrograms(),
                Bug.of("the head handed back is that of the read before", it -> new ForwardingStore(it) {
                    private long before;

                    @Override
                    public Reading read(Read read) {
                        long stale = Math.min(before, store.head());
                        before = store.head();
                        return new ListedReading(store, ListedReading.all(store, read), () -> stale);
                    }
                }, ReadContract.class, "everyReadHandsBackTheHeadAlsoWhenItFindsNothing").alsoByPrograms(),
                Bug.of("the head handed back moves while the read goes on", it -> new ForwardingStore(it) {
                    @Override
                    public Reading read(Read read) {
                        return new ListedReading(store, ListedReading.all(store, read), store::head);
                    }
                }, ReadContract.class, "headOfAReadIsThatOfTheMomentItWasOpened"),
                Bug.of("a read sees events above its head", BrokenReads::late, ReadContract.class,
                        "readSeesNothingThatIsAppendedAfterItWasOpened"),
                Bug.of("a closed reading goes on", it -> new ForwardingStore(it) {
                    @Override
                    public Reading read(Read read) {
                        long head = store.head();
                        return new ListedReading(store, ListedReading.all(store, read), () -> head) {
                            @Override
                            public void close() {}
                        };
                    }
                }, ReadContract.class, "closedReadingSaysSo"),
                queries("tags are compared by any of them",
                        it -> it.tags().size() < 2
                                ? Stream.of(it)
                                : it.tags()
                                        .stream()
                                        .map(tag -> new Query.Item(it.streams(), it.category(), it.types(),
                                                Set.of(tag))),
                        "tagsAreAllOfThoseGivenAndComparedWhole").alsoByPrograms(),
                queries("types are ignored where a category is given",
                        it -> Stream.of(it.category().isEmpty()
                                ? it
                                : new Query.Item(it.streams(), it.category(), Set.of(), it.tags())),
                        "partsOfAnItemRestrictTogether").alsoByPrograms(),
                queries("only the first of several streams is read",
                        it -> Stream.of(it.streams().size() < 2
                                ? it
                                : new Query.Item(Set.of(it.streams().iterator().next()), it.category(), it.types(),
                                        it.tags())),
                        "streamIsFoundByItsWholeName").alsoByPrograms(),
                reads("a category is what a name begins with", (store, it) -> {
                    Optional<String> category = it.query().items().getFirst().category();
                    return category.isEmpty()
                            ? ListedReading.all(store, it)
                            : ListedReading.all(store, it.isBackwards() ? Read.all().backwards() : Read.all())
                                    .stream()
                                    .filter(event -> event.stream().startsWith(category.get()))
                                    .toList();
                }, QueryContract.class, "categoryIsTheTextBeforeTheFirstDash"),
                reads("an event that several items match comes several times",
                        (store, it) -> it.query().items().size() < 2 || it.limit() < Read.NO_LIMIT
                                ? ListedReading.all(store, it)
                                : it.query()
                                        .items()
                                        .stream()
                                        .flatMap(item -> ListedReading.all(store,
                                                new Read(new Query(List.of(item)), it.direction(), Optional.empty(),
                                                        Optional.empty(), it.limit()))
                                                .stream())
                                        .sorted(it.isBackwards()
                                                ? Comparator.comparingLong(RecordedEvent::position).reversed()
                                                : Comparator.comparingLong(RecordedEvent::position))
                                        .toList(),
                        QueryContract.class, "eventThatSeveralItemsMatchIsDeliveredOnce").alsoByPrograms(),
                Bug.of("truncated events are visible by category", BrokenReads::keepingInCategories,
                        ForgetContract.class, "truncatedEventsDisappearFromEveryRead"),
                Bug.of("positions have holes, and nothing says so", it -> new Renumbered(it, false),
                        AppendContract.class, "positionsGrowWithEachEventAndHaveNoHoles").alsoByPrograms(),
                Bug.opened("time runs backwards", BrokenReads::byTheClock, RecordedTimeContract.class,
                        "recordedTimeNeverGoesBackwardsWhateverTheClockDoes").alsoByPrograms());
    }

    private static Bug reads(String name, BiFunction<EventStore, Read, List<RecordedEvent>> reading,
            Class<? extends StoreContract> contract, String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            @Override
            public Reading read(Read read) {
                long head = store.head();
                return new ListedReading(store, reading.apply(store, read), () -> head);
            }
        }, contract, test);
    }

    private static Bug events(String name, BiFunction<Read, List<RecordedEvent>, List<RecordedEvent>> change,
            Class<? extends StoreContract> contract, String test) {
        return reads(name, (store, read) -> change.apply(read, ListedReading.all(store, read)), contract, test);
    }

    private static Bug asking(String name, UnaryOperator<Read> change, Class<? extends StoreContract> contract,
            String test) {
        return Bug.of(name, it -> new ForwardingStore(it) {
            @Override
            public Reading read(Read read) {
                return store.read(change.apply(read));
            }
        }, contract, test);
    }

    private static Bug queries(String name, Function<Query.Item, Stream<Query.Item>> change,
            String test) {
        return asking(name,
                it -> new Read(new Query(it.query().items().stream().flatMap(change).toList()), it.direction(),
                        it.query().singleStream().isPresent()
                                ? it.from()
                                : it.from().filter(p -> !(p instanceof Point.Revision)),
                        it.to(), it.limit()),
                QueryContract.class, test);
    }

    /** Opens the read when the first event is asked for. */
    private static EventStore late(EventStore memory) {
        return new ForwardingStore(memory) {
            @Override
            public Reading read(Read read) {
                long head = store.head();
                return new Reading() {
                    private final List<Reading> opened = new ArrayList<>();

                    private Reading opened() {
                        if (opened.isEmpty()) {
                            opened.add(store.read(read));
                        }
                        return opened.getFirst();
                    }

                    @Override
                    public long head() {
                        return head;
                    }

                    @Override
                    public boolean hasNext() {
                        return opened().hasNext();
                    }

                    @Override
                    public RecordedEvent next() {
                        return opened().next();
                    }

                    @Override
                    public void close() {
                        opened().close();
                    }
                };
            }
        };
    }

    private static EventStore keepingInCategories(EventStore memory) {
        return new ForwardingStore(memory) {
            private final Map<Long, RecordedEvent> kept = new HashMap<>();

            @Override
            public void forget(Forget forget) {
                List<RecordedEvent> before = forget instanceof Forget.Truncate
                        ? ListedReading.all(store, Read.stream(forget.stream()))
                        : List.of();
                store.forget(forget);
                before.forEach(it -> kept.put(it.position(), it));
            }

            @Override
            public Reading read(Read read) {
                boolean whole = read.from().isEmpty() && read.to().isEmpty() && read.limit() == Read.NO_LIMIT;
                if (!whole || read.query().items().getFirst().category().isEmpty()) {
                    return store.read(read);
                }
                long head = store.head();
                Map<Long, RecordedEvent> seen = new HashMap<>(kept);
                seen.values().removeIf(it -> !read.query().matches(it));
                ListedReading.all(store, read).forEach(it -> seen.put(it.position(), it));
                Comparator<RecordedEvent> order = Comparator.comparingLong(RecordedEvent::position);
                return new ListedReading(store,
                        seen.values().stream().sorted(read.isBackwards() ? order.reversed() : order).toList(),
                        () -> head);
            }
        };
    }

    /** Tells for each event what the clock said, and not the time that is never before the event before it. */
    private static EventStore byTheClock(Limits limits, InstantSource clock) {
        return new ForwardingStore(MemoryEventStore.open(limits, clock)) {
            private final Map<Long, Instant> times = new ConcurrentHashMap<>();

            @Override
            public Appended append(Append append) {
                Appended appended = store.append(append);
                if (append.recordedTime().isEmpty()) {
                    times.putIfAbsent(appended.position(), clock.instant());
                }
                return appended;
            }

            @Override
            public Reading read(Read read) {
                long head = store.head();
                return new ListedReading(store, ListedReading.all(store, read)
                        .stream()
                        .map(it -> new RecordedEvent(it.stream(), it.revision(), it.position(),
                                times.getOrDefault(it.position(), it.time()), it.event()))
                        .toList(), () -> head);
            }
        };
    }
}
