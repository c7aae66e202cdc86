package letopis.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.ConditionFailedException;
import letopis.store.OutcomeUnknownException;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import letopis.store.StreamInfo;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static letopis.conformance.Events.ids;
import static letopis.conformance.Events.positions;
import static org.assertj.core.api.Assertions.assertThat;

/** What every store keeps to when many threads use it at once. */
public interface ConcurrencyContract extends StoreContract {
    /** How many threads do the same; more than most machines for tests have cores to spare. */
    int THREADS = 4;

    @Test
    default void ofCompetingAppendsExactlyOneWins(Trial trial) throws InterruptedException {
        for (int round = 0; round < 25; round++) {
            Append create = Append.to("order-" + round).expectingNoStream().of(event());
            var winners = new AtomicInteger();
            Together.run(THREADS, _ -> {
                if (succeeds(trial, create.withNewIds())) {
                    winners.incrementAndGet();
                }
            });
            assertThat(winners).hasValue(1);
            assertThat(trial.read(Query.stream("order-" + round))).hasSize(1);
        }
    }

    @Test
    default void ofCompetingClaimsUnderAQueryExactlyOneWins(Trial trial) throws InterruptedException {
        if (lacksQueryConditions(trial)) {
            return;
        }
        for (int round = 0; round < 25; round++) {
            String tag = "name:" + round;
            Query query = round % 2 == 0 ? Query.tag(tag) : Query.type("Missing").or(Query.tag(tag));
            var winners = new AtomicInteger();
            Together.run(THREADS, thread -> {
                if (succeeds(trial, Append.to("user-" + thread).of(event("Claimed", tag)).failIfEventsMatch(query))) {
                    winners.incrementAndGet();
                }
            });
            assertThat(winners).hasValue(1);
            assertThat(trial.read(Query.tag(tag))).hasSize(1);
        }
    }

    @Test
    default void noUpdateIsLostUnderExpectedRevisions(Trial trial) throws InterruptedException {
        int each = 25;
        Together.run(THREADS, _ -> {
            for (int done = 0; done < each;) {
                Optional<StreamInfo> there = trial.store().stream("counter-1");
                Append.ToStream to = Append.to("counter-1");
                if (succeeds(trial, (there.isPresent()
                        ? to.expectingRevision(there.get().lastRevision())
                        : to.expectingNoStream()).of(event()))) {
                    done++;
                }
            }
        });
        assertThat(trial.read(Query.stream("counter-1"))).hasSize(THREADS * each);
    }

    @Test
    default void boundaryOverSeveralStreamsIsNeverOverrun(Trial trial) throws InterruptedException {
        if (lacksQueryConditions(trial)) {
            return;
        }
        int seats = 20;
        Query taken = Query.tag("course:1").withTypes("Enrolled");
        Together.run(THREADS, thread -> {
            for (int i = 0;; i++) {
                try (Reading reading = trial.store().read(Read.of(taken))) {
                    if (reading.toList().size() >= seats) {
                        return;
                    }
                    succeeds(trial, Append.to("student-" + thread + "-" + i)
                            .of(event("Enrolled", "course:1"))
                            .failIfEventsMatch(taken, reading.head()));
                }
            }
        });
        assertThat(trial.read(taken)).hasSize(seats);
    }

    @Test
    default void readersSeeWholeAppendsAndOnlyMoreOfThem(Trial trial) throws InterruptedException {
        int each = 60;
        var writing = new CountDownLatch(2);
        Together.Part writer = thread -> {
            try {
                for (int i = 0; i < each; i++) {
                    trial.append("a-" + thread, events(3, "T" + thread + "-" + i));
                }
            } finally {
                writing.countDown();
            }
        };
        Together.Part reader = _ -> {
            List<RecordedEvent> before = List.of();
            boolean last = false;
            while (!last) {
                last = writing.getCount() == 0;
                List<RecordedEvent> now = trial.readAll();
                assertThat(now.size()).isGreaterThanOrEqualTo(before.size());
                assertThat(now.subList(0, before.size())).as("the first of what is read").isEqualTo(before);
                assertWhole(trial, now);
                before = now;
            }
            assertThat(before).hasSize(2 * each * 3);
        };
        Together.run(writer, writer, reader, reader);
    }

    private static void assertWhole(Trial trial, List<RecordedEvent> events) {
        Map<String, Long> perAppend = events.stream()
                .collect(Collectors.groupingBy(RecordedEvent::type, Collectors.counting()));
        assertThat(perAppend).as("events of each append").allSatisfy((_, count) -> assertThat(count).isEqualTo(3));
        assertThat(positions(events)).isSorted().doesNotHaveDuplicates();
        if (trial.has(Capability.GAPLESS_POSITIONS) && !events.isEmpty()) {
            assertThat(events.getLast().position()).as("position of the last of %d events", events.size())
                    .isEqualTo(events.size());
        }
    }

    @Test
    default void readSeesExactlyWhatLiesUpToItsHead(Trial trial) throws InterruptedException {
        var writing = new CountDownLatch(1);
        Together.run(_ -> {
            try {
                for (int i = 0; i < 150; i++) {
                    trial.append("a-" + i % 3, events(2));
                }
            } finally {
                writing.countDown();
            }
        }, _ -> {
            while (writing.getCount() > 0) {
                long before = trial.store().head();
                try (Reading backwards = trial.store().read(Read.all().backwards());
                        Reading forwards = trial.store().read(Read.all())) {
                    long newest = backwards.first().map(RecordedEvent::position).orElse(0L);
                    assertThat(newest).as("newest event read backwards")
                            .isEqualTo(backwards.head())
                            .isGreaterThanOrEqualTo(before);
                    List<RecordedEvent> all = forwards.toList();
                    assertThat(all.isEmpty() ? 0 : all.getLast().position()).as("newest event read forwards")
                            .isEqualTo(forwards.head());
                }
            }
        });
    }

    @Test
    default void nothingAppearsBelowAPositionThatWasSeen(Trial trial) throws InterruptedException {
        Map<Long, List<UUID>> seen = new ConcurrentHashMap<>();
        Together.run(THREADS, thread -> {
            for (int i = 0; i < 30; i++) {
                Appended appended = trial.append("a-" + (thread + i) % 3, events(1 + i % 2));
                if (i % 3 == 0) {
                    seen.put(appended.position(),
                            ids(trial.read(Read.all().to(Point.position(appended.position())))));
                }
            }
        });
        assertThat(seen).isNotEmpty()
                .allSatisfy((position, ids) -> assertThat(ids)
                        .isEqualTo(ids(trial.read(Read.all().to(Point.position(position))))));
    }

    @Test
    default void allSubscribersSeeOneOrder(Trial trial) throws InterruptedException {
        int each = 80;
        int total = 2 * each;
        List<List<UUID>> orders = Collections.synchronizedList(new ArrayList<>());
        Together.Part writer = thread -> {
            for (int i = 0; i < each; i++) {
                trial.append("a-" + thread, event());
            }
        };
        Together.Part follower = _ -> {
            try (var subscriber = new Subscriber(trial.store(), Query.category("a"), 0)) {
                subscriber.untilDelivered(total);
                orders.add(ids(subscriber.delivered()));
            }
        };
        Together.run(writer, writer, follower, follower, follower);

        assertThat(orders).hasSize(3).containsOnly(ids(trial.readAll()));
    }

    @Test
    default void interruptsOfCallersHarmNothing(Trial trial) throws InterruptedException {
        int interrupts = 20;
        Set<UUID> sent = ConcurrentHashMap.newKeySet();
        var writing = new AtomicBoolean(true);
        Set<Thread> writers = ConcurrentHashMap.newKeySet();
        Together.Part writer = thread -> {
            writers.add(Thread.currentThread());
            while (writing.get()) {
                Append append = Append.to("a-" + thread).of(events(2));
                sent.addAll(ids(append));
                appendThroughInterrupts(trial, append);
            }
        };
        Together.run(writer, writer, _ -> {
            for (int i = 0; i < interrupts; i++) {
                writers.forEach(Thread::interrupt);
                Thread.sleep(ThreadLocalRandom.current().nextInt(3)); // any moment of an append is as good as another
            }
            writing.set(false);
        });
        List<UUID> stored = ids(trial.readAll());
        assertThat(stored).doesNotHaveDuplicates();
        assertThat(new HashSet<>(stored)).isEqualTo(sent);
        assertThat(trial.append("a-9", event()).revision("a-9")).isZero();
    }

    private static void appendThroughInterrupts(Trial trial, Append append) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                trial.store().append(append);
                return;
            } catch (OutcomeUnknownException _) {
                Thread.interrupted(); // a retry settles it
            }
        }
        throw new AssertionError("an append was interrupted 1,000 times");
    }

    @Test
    default void callsOfAnInterruptedThreadHarmNothing(Trial trial) throws InterruptedException {
        trial.append("a-1", events(3));
        Append append = Append.to("a-1").of(event());
        Together.run(1, _ -> {
            for (int i = 0; i < 20; i++) {
                Thread.currentThread().interrupt();
                try (Reading reading = trial.store().read(Read.all())) {
                    reading.toList();
                    trial.store().append(append);
                } catch (StoreException interrupted) {
                    assertThat(interrupted).isInstanceOf(OutcomeUnknownException.class);
                }
            }
            assertThat(Thread.interrupted()).as("whether the thread is still interrupted").isTrue();
        });
        trial.store().append(append);
        assertThat(trial.readAll()).hasSize(4);
        assertThat(Subscriber.catchUp(trial.store(), Query.all(), 0)).hasSize(4);
    }

    @Test
    default void historyOfManyWritersProvesItself(Trial trial) throws InterruptedException {
        long seed = Seeds.first();
        var history = new SelfVerifyingHistory(seed);
        Together.run(THREADS, writer -> history.write(trial.store(), writer, 60));

        assertThat(history.acknowledged()).isEqualTo(THREADS * 60);
        history.verify(trial.readAll());
        trial.reopen();
        if (trial.has(Capability.DURABLE)) {
            history.verify(trial.readAll());
        } else {
            assertThat(trial.readAll()).isEmpty();
        }
    }

    private static boolean succeeds(Trial trial, Append append) {
        try {
            trial.store().append(append);
            return true;
        } catch (ConditionFailedException _) {
            return false;
        }
    }

    private static boolean lacksQueryConditions(Trial trial) {
        return trial.lacks(Capability.QUERY_CONDITIONS,
                () -> trial.store().append(Append.to("a-1").of(event()).failIfEventsMatch(Query.all())));
    }
}
