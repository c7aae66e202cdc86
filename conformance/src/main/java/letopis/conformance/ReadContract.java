package letopis.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import letopis.store.Event;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static letopis.conformance.Events.positions;
import static letopis.conformance.Events.reversed;
import static letopis.conformance.Events.revisions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does with a read: where it begins and ends, which way it goes, and what it sees. */
public interface ReadContract extends StoreContract {
    @Test
    default void readBackwardsIsTheReadForwardsTurnedRound(Trial trial) {
        mixed(trial, 40);

        for (Query query : List.of(Query.all(), Query.stream("a-1"), Query.category("a"), Query.type("Odd"),
                Query.tag("third"), Query.stream("missing"))) {
            assertThat(trial.read(Read.of(query).backwards())).as("backwards: %s", query)
                    .isEqualTo(reversed(trial.read(query)));
        }
        assertThat(revisions(trial.read(Read.stream("a-1").backwards().limit(3)))).containsExactly(19L, 18L, 17L);
    }

    @Test
    default void readOfAStreamBeginsAndEndsAtRevisions(Trial trial) {
        mixed(trial, 20);
        Read read = Read.stream("a-1");

        assertThat(revisions(trial.read(read.from(Point.revision(7))))).containsExactly(7L, 8L, 9L);
        assertThat(revisions(trial.read(read.to(Point.revision(2))))).containsExactly(0L, 1L, 2L);
        assertThat(revisions(trial.read(read.from(Point.revision(4)).to(Point.revision(5))))).containsExactly(4L, 5L);
        assertThat(revisions(trial.read(read.from(Point.revision(4)).to(Point.revision(4))))).containsExactly(4L);
        assertThat(trial.read(read.from(Point.revision(5)).to(Point.revision(4)))).isEmpty();
        assertThat(trial.read(read.from(Point.revision(10)))).isEmpty();
        assertThat(trial.read(read.from(Point.revision(Long.MAX_VALUE)))).isEmpty();
        assertThat(revisions(trial.read(read.backwards().from(Point.revision(2))))).containsExactly(2L, 1L, 0L);
        assertThat(revisions(trial.read(read.backwards().to(Point.revision(8))))).containsExactly(9L, 8L);
        assertThat(revisions(trial.read(read.backwards().from(Point.revision(5)).to(Point.revision(4)))))
                .containsExactly(5L, 4L);
        assertThat(revisions(trial.read(read.backwards().from(Point.revision(99)).to(Point.revision(9)))))
                .containsExactly(9L);
    }

    @Test
    default void readBeginsAndEndsAtPositions(Trial trial) {
        mixed(trial, 12);
        List<RecordedEvent> all = trial.readAll();
        for (Query query : List.of(Query.all(), Query.stream("a-1"), Query.type("Odd"), Query.tag("third"))) {
            for (RecordedEvent edge : all) {
                var point = Point.position(edge.position());
                List<RecordedEvent> atOrAfter = all.stream()
                        .filter(it -> it.position() >= edge.position() && query.matches(it))
                        .toList();
                List<RecordedEvent> atOrBefore = all.stream()
                        .filter(it -> it.position() <= edge.position() && query.matches(it))
                        .toList();
                assertThat(trial.read(Read.of(query).from(point))).isEqualTo(atOrAfter);
                assertThat(trial.read(Read.of(query).to(point))).isEqualTo(atOrBefore);
                assertThat(trial.read(Read.of(query).backwards().from(point))).isEqualTo(reversed(atOrBefore));
                assertThat(trial.read(Read.of(query).backwards().to(point))).isEqualTo(reversed(atOrAfter));
            }
        }
        assertThat(trial.read(Read.all().from(Point.position(0)))).isEqualTo(all);
        assertThat(trial.read(Read.all().backwards().from(Point.position(0)))).isEmpty();
        assertThat(trial.read(Read.all().from(Point.position(trial.store().head() + 1)))).isEmpty();
        assertThat(trial.read(Read.all().backwards().from(Point.position(Long.MAX_VALUE)))).isEqualTo(reversed(all));
    }

    @Test
    default void readBeginsAndEndsAtTimes(Trial trial) {
        for (int i = 0; i < 9; i++) {
            trial.append("a-" + i % 2, event(i % 2 == 0 ? "Even" : "Odd"));
            trial.clock().step(i % 3 == 0 ? Duration.ofSeconds(10) : Duration.ZERO);
        }
        List<RecordedEvent> all = trial.readAll();
        for (Query query : List.of(Query.all(), Query.stream("a-1"), Query.type("Even"))) {
            for (Instant edge : List.of(Instant.EPOCH, SteppedClock.START, SteppedClock.START.plusSeconds(5),
                    SteppedClock.START.plusSeconds(10), SteppedClock.START.plusSeconds(10).plusNanos(1_000),
                    SteppedClock.START.plusSeconds(20), SteppedClock.START.plusSeconds(30),
                    SteppedClock.START.plusSeconds(31))) {
                List<RecordedEvent> atOrAfter = all.stream()
                        .filter(it -> !it.time().isBefore(edge) && query.matches(it))
                        .toList();
                List<RecordedEvent> atOrBefore = all.stream()
                        .filter(it -> !it.time().isAfter(edge) && query.matches(it))
                        .toList();
                assertThat(trial.read(Read.of(query).from(Point.time(edge)))).isEqualTo(atOrAfter);
                assertThat(trial.read(Read.of(query).to(Point.time(edge)))).isEqualTo(atOrBefore);
                assertThat(trial.read(Read.of(query).backwards().from(Point.time(edge))))
                        .isEqualTo(reversed(atOrBefore));
                assertThat(trial.read(Read.of(query).backwards().to(Point.time(edge)))).isEqualTo(reversed(atOrAfter));
            }
        }
    }

    @Test
    default void pointsOfDifferentKindsBoundARead(Trial trial) {
        mixed(trial, 20);
        List<RecordedEvent> all = trial.readAll();

        assertThat(trial.read(Read.stream("a-1").from(Point.revision(2)).to(Point.position(all.get(9).position()))))
                .isEqualTo(all.stream()
                        .filter(it -> it.stream().equals("a-1"))
                        .filter(it -> it.revision() >= 2 && it.position() <= all.get(9).position())
                        .toList());
        assertThat(trial.read(Read.stream("a-1")
                .backwards()
                .from(Point.time(SteppedClock.START))
                .to(Point.revision(7)))).hasSize(3);
    }

    @Test
    default void limitEndsARead(Trial trial) {
        mixed(trial, 30);
        for (Query query : List.of(Query.all(), Query.stream("a-1"), Query.type("Odd"), Query.tag("third"))) {
            List<RecordedEvent> all = trial.read(query);
            for (int limit : new int[]{1, 2, 3, all.size() - 1, all.size(), all.size() + 1, Integer.MAX_VALUE}) {
                int end = Math.min(limit, all.size());
                assertThat(trial.read(Read.of(query).limit(limit))).isEqualTo(all.subList(0, end));
                assertThat(trial.read(Read.of(query).backwards().limit(limit)))
                        .isEqualTo(reversed(all).subList(0, end));
            }
        }
    }

    @Test
    default void pagesOfAReadMakeTheWhole(Trial trial) {
        mixed(trial, 50);
        List<RecordedEvent> pages = new ArrayList<>();
        Read read = Read.of(Query.type("Odd")).limit(7);
        List<RecordedEvent> page = trial.read(read);
        while (!page.isEmpty()) {
            pages.addAll(page);
            page = trial.read(read.from(Point.position(page.getLast().position() + 1)));
        }
        assertThat(pages).hasSize(25).isEqualTo(trial.read(Query.type("Odd")));
    }

    @Test
    default void everyReadHandsBackTheHeadAlsoWhenItFindsNothing(Trial trial) {
        assertThat(head(trial, Read.all())).isZero();
        assertThat(head(trial, Read.stream("missing"))).isZero();
        trial.append("a-1", event("Rare"));
        mixed(trial, 20);
        long head = trial.store().head();

        assertThat(head).isPositive();
        for (Read read : List.of(Read.all(), Read.all().backwards(), Read.stream("a-1"), Read.stream("missing"),
                Read.of(Query.type("Rare")), Read.of(Query.type("Missing")), Read.of(Query.tag("missing")),
                Read.of(Query.category("missing")), Read.all().limit(1), Read.all().to(Point.position(1)),
                Read.all().from(Point.position(head + 10)), Read.stream("a-1").to(Point.revision(0)))) {
            assertThat(head(trial, read)).as("head handed back by %s", read).isEqualTo(head);
            assertThat(head(trial, read.backwards())).as("head handed back by %s", read.backwards()).isEqualTo(head);
        }
    }

    @Test
    default void headOfAReadIsThatOfTheMomentItWasOpened(Trial trial) {
        mixed(trial, 10);
        long head = trial.store().head();
        try (Reading reading = trial.store().read(Read.stream("a-1"))) {
            trial.append("a-1", events(3));
            assertThat(reading.head()).isEqualTo(head);
            reading.toList();
            assertThat(reading.head()).isEqualTo(head);
        }
        assertThat(head(trial, Read.stream("a-1"))).isEqualTo(trial.store().head()).isGreaterThan(head);
    }

    @Test
    default void readSeesNothingThatIsAppendedAfterItWasOpened(Trial trial) {
        mixed(trial, 10);
        List<Read> reads = List.of(Read.all(), Read.all().backwards(), Read.stream("a-1"),
                Read.stream("a-1").backwards(), Read.stream("new-1"), Read.of(Query.type("Odd")),
                Read.of(Query.type("Odd")).backwards(), Read.of(Query.tag("third")), Read.of(Query.category("a")),
                Read.of(Query.type("New")), Read.of(Query.type("Odd").or(Query.tag("third"))));
        List<List<RecordedEvent>> expected = reads.stream().map(trial::read).toList();
        List<Reading> readings = new ArrayList<>();
        for (Read read : reads) {
            readings.add(trial.store().read(read));
        }
        trial.append("new-1", event("New", "third"));
        mixed(trial, 30);
        for (int i = 0; i < reads.size(); i++) {
            try (Reading reading = readings.get(i)) {
                if (reading.hasNext()) {
                    assertThat(reading.next()).isEqualTo(expected.get(i).getFirst());
                    mixed(trial, 2);
                    assertThat(reading.toList()).as("the rest of %s", reads.get(i))
                            .isEqualTo(expected.get(i).subList(1, expected.get(i).size()));
                } else {
                    assertThat(expected.get(i)).as("what %s sees", reads.get(i)).isEmpty();
                }
            }
        }
    }

    @Test
    default void readOpenedAgainSeesTheSameUpToThePositionItIsGiven(Trial trial) {
        mixed(trial, 20);
        Read past = Read.of(Query.type("Odd")).to(Point.position(trial.store().head()));
        List<RecordedEvent> before = trial.read(past);
        mixed(trial, 20);

        assertThat(trial.read(past)).isEqualTo(before).hasSize(10);
        assertThat(trial.read(past)).isEqualTo(before);
    }

    @Test
    default void readOfAStreamThatNeverExistedIsEmpty(Trial trial) {
        mixed(trial, 4);

        assertThat(trial.read(Query.stream("missing"))).isEmpty();
        assertThat(trial.read(Read.stream("missing").backwards())).isEmpty();
        assertThat(trial.read(Read.stream("missing").from(Point.revision(3)))).isEmpty();
        assertThat(trial.read(Query.stream("a-"))).isEmpty();
        assertThat(trial.read(Query.stream("a"))).isEmpty();
    }

    @Test
    default void longReadIsCompleteBothWays(Trial trial) {
        for (int i = 0; i < 60; i++) {
            Event[] events = new Event[100];
            for (int j = 0; j < events.length; j++) {
                String type = j % 2 == 0 ? "Even" : "Odd";
                events[j] = j % 3 == 0 ? event(type, "third") : event(type);
            }
            trial.append(i % 2 == 0 ? "a-1" : "b-1", events);
        }
        List<RecordedEvent> all = trial.readAll();
        assertThat(all).hasSize(6_000);
        assertThat(positions(all)).isSorted().doesNotHaveDuplicates();
        assertThat(trial.read(Read.all().backwards())).isEqualTo(reversed(all));
        for (Query query : List.of(Query.stream("a-1"), Query.type("Odd"), Query.tag("third"), Query.category("b"),
                Query.type("Odd").or(Query.tag("third")))) {
            List<RecordedEvent> matching = all.stream().filter(query::matches).toList();
            assertThat(trial.read(query)).as("%s", query).isEqualTo(matching);
            assertThat(trial.read(Read.of(query).backwards())).as("backwards: %s", query)
                    .isEqualTo(reversed(matching));
        }
    }

    @Test
    default void readingMayBeLeftHalfWay(Trial trial) {
        mixed(trial, 500);
        List<RecordedEvent> all = trial.readAll();
        for (int i = 0; i < 100; i++) {
            try (Reading reading = trial.store().read(i % 2 == 0 ? Read.all() : Read.all().backwards())) {
                assertThat(reading.next()).isEqualTo(i % 2 == 0 ? all.getFirst() : all.getLast());
            }
        }
        trial.append("a-1", event());
        assertThat(trial.readAll()).hasSize(501);
    }

    @Test
    default void manyReadingsGoOnSideBySide(Trial trial) {
        mixed(trial, 60);
        List<RecordedEvent> all = trial.readAll();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readings.add(trial.store().read(Read.all()));
        }
        for (RecordedEvent event : all) {
            readings.forEach(reading -> assertThat(reading.next()).isEqualTo(event));
        }
        readings.forEach(reading -> assertThat(reading.hasNext()).isFalse());
        readings.forEach(Reading::close);
    }

    @Test
    default void endOfAReadingIsSaidAgainAndAgain(Trial trial) {
        trial.append("a-1", event());
        try (Reading reading = trial.store().read(Read.all())) {
            assertThat(reading.hasNext()).isTrue();
            assertThat(reading.hasNext()).isTrue();
            reading.next();
            assertThat(reading.hasNext()).isFalse();
            assertThat(reading.hasNext()).isFalse();
            assertThatThrownBy(reading::next).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(reading::next).isInstanceOf(NoSuchElementException.class);
            trial.append("a-1", event());
            assertThat(reading.hasNext()).isFalse();
        }
    }

    @Test
    default void closedReadingSaysSo(Trial trial) {
        trial.append("a-1", events(3));
        Reading reading = trial.store().read(Read.all());
        reading.next();
        reading.close();
        reading.close();

        assertThatThrownBy(reading::hasNext).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(reading::next).isInstanceOf(StoreClosedException.class);
        assertThat(trial.readAll()).hasSize(3);
    }

    private static long head(Trial trial, Read read) {
        try (Reading reading = trial.store().read(read)) {
            return reading.head();
        }
    }

    /** So many events more, in the streams a-1 and b-1, of the types Even and Odd, every third with a tag. */
    private static void mixed(Trial trial, int count) {
        for (int i = 0; i < count; i++) {
            String type = i % 2 == 0 ? "Even" : "Odd";
            trial.append(i % 4 < 2 ? "a-1" : "b-1", i % 3 == 0 ? event(type, "third", "n:" + i) : event(type));
        }
    }
}
