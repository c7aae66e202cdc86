package letopis.engine.index;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import letopis.engine.record.ForgetRecord;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import letopis.store.Query;
import letopis.store.StreamInfo;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The index against lists that are searched from end to end. */
class IndexTest {
    private static final int EVENTS = 600;

    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Index index = index();
    private final List<Filed> all = new ArrayList<>();

    /** With parts of one event up to more than all, so that the answers come from runs of every level, and from memory. */
    private Index index() {
        Index made = Index.inMemory(new UUID(random.nextLong(), random.nextLong()),
                new IndexOptions(1 << random.nextInt(11), 1 << 24, 4, 2 + random.nextInt(7), 1_000, false));
        made.loadIds();
        return made;
    }

    /** An event and the stream it is in. */
    private record Filed(String stream, Event event, long timeMicros) {}

    @RepeatedTest(20)
    void cursorsFindWhatASearchThroughAllFinds() {
        fill();
        for (int i = 0; i < 200; i++) {
            Query query = query();
            long head = random.nextInt(EVENTS + 1);
            long lowest = 1L + random.nextInt(EVENTS);
            boolean backwards = random.nextBoolean();
            List<Long> expected = LongStream.rangeClosed(lowest, head)
                    .filter(position -> query.matches(at(position).stream, at(position).event))
                    .boxed()
                    .toList();
            if (backwards) {
                expected = expected.reversed();
            }

            PositionCursor cursor = index.cursor(PreparedQuery.of(query), lowest, head, backwards);
            assertThat(positions(cursor, lowest, head)).as("seed %s: %s from %s to %s", seed, query, lowest, head)
                    .isEqualTo(expected);
        }
    }

    @RepeatedTest(20)
    void cursorsThatAreSentAheadSkipWhatLiesBetween() {
        fill();
        for (int i = 0; i < 200; i++) {
            Query query = query();
            boolean backwards = random.nextBoolean();
            PositionCursor cursor = index.cursor(PreparedQuery.of(query), 1, EVENTS, backwards);
            long key = Long.MIN_VALUE + 1;
            for (int step = 0; step < 10; step++) {
                key = Math.max(key, PositionCursor.key(1 + random.nextInt(EVENTS), backwards));
                long target = key;
                long expected = LongStream.rangeClosed(1, EVENTS)
                        .filter(position -> query.matches(at(position).stream, at(position).event))
                        .map(position -> PositionCursor.key(position, backwards))
                        .filter(it -> it >= target)
                        .min()
                        .orElse(PositionCursor.END);

                assertThat(cursor.seek(target)).as("seed %s: %s at %s", seed, query, target).isEqualTo(expected);
                key = expected == PositionCursor.END ? target : expected;
            }
        }
    }

    @RepeatedTest(5)
    void everyQuestionIsAnsweredAsOfItsHead() {
        fill();
        for (int i = 0; i < 50; i++) {
            int head = 1 + random.nextInt(EVENTS);
            List<Filed> seen = all.subList(0, head);
            Set<String> streams = seen.stream().map(Filed::stream).collect(Collectors.toCollection(TreeSet::new));

            assertThat(index.streams("", "", EVENTS, head, 0).stream().map(StreamInfo::stream)).as("seed %s", seed)
                    .containsExactlyElementsOf(streams);
            assertThat(index.streamCount(head)).isEqualTo(streams.size());
            for (String stream : streams) {
                int count = (int) seen.stream().filter(it -> it.stream.equals(stream)).count();
                assertThat(index.stream(Name.of(stream), head, 0).orElseThrow().lastRevision()).isEqualTo(count - 1L);
            }
            assertThat(index.types(head).stream().mapToLong(it -> it.count()).sum()).isEqualTo(head);
            long micros = at(1 + random.nextInt(EVENTS)).timeMicros;
            assertThat(index.firstAtOrAfter(micros, head)).isEqualTo(
                    1 + seen.stream().filter(it -> it.timeMicros < micros).count());
        }
    }

    @RepeatedTest(5)
    void eventsAreFoundByTheirIds() {
        fill();

        for (long position = 1; position <= EVENTS; position++) {
            assertThat(index.find(at(position).event.id(), it -> at(it).event.id())).isEqualTo(position);
            assertThat(index.place(position)).isEqualTo(position * 1000);
        }
        assertThat(index.find(Event.of("A", "").id(), it -> at(it).event.id())).isZero();
    }

    @Test
    void aListingGoesOnWhereThePageBeforeEnded() {
        for (String stream : List.of("b-2", "a", "b-1", "bb", "b-10", "\uffff", "\ud83d\ude00")) {
            add(stream, Event.of("A", ""), 0);
        }

        assertThat(names("", "", 10)).containsExactly("a", "b-1", "b-10", "b-2", "bb", "\uffff", "\ud83d\ude00");
        assertThat(names("b-", "", 10)).containsExactly("b-1", "b-10", "b-2");
        assertThat(names("b-", "b-1", 1)).containsExactly("b-10");
        assertThat(names("b-", "b-15", 9)).containsExactly("b-2");
        assertThat(names("b-", "c", 9)).isEmpty();
    }

    @Test
    void forgettingIsSeenByItsOwnStreamAlone() {
        for (int i = 0; i < 10; i++) {
            add("a", Event.of("A", ""), i * 1000L);
            add("b", Event.of("A", ""), i * 1000L);
        }
        index.forget(new ForgetRecord(Forget.before("a", 3), 0, 3));
        assertThat(kept("a", 10_000)).containsExactly(3, 4, 5, 6, 7, 8, 9);
        index.forget(new ForgetRecord(Forget.beyond("a", Retention.maxCount(4)), 0, 0));
        assertThat(kept("a", 10_000)).containsExactly(6, 7, 8, 9);
        index.forget(
                new ForgetRecord(Forget.beyond("a", Retention.maxAge(Duration.of(3000, ChronoUnit.MICROS))), 0, 0));
        assertThat(kept("a", 10_000)).containsExactly(8, 9);
        assertThat(kept("a", 11_000)).containsExactly(9);
        assertThat(index.stream(Name.of("a"), 20, 11_000).orElseThrow().firstRevision()).isEqualTo(9);
        index.forget(new ForgetRecord(Forget.delete("a"), 0, 10));
        assertThat(kept("a", 0)).isEmpty();
        assertThat(index.stream(Name.of("a"), 20, 0).orElseThrow().state()).isEqualTo(StreamInfo.State.DELETED);
        add("a", Event.of("A", ""), 10_000);
        assertThat(kept("a", 10_000)).containsExactly(10);
        assertThat(index.stream(Name.of("a"), 21, 0).orElseThrow().state()).isEqualTo(StreamInfo.State.OPEN);
        index.forget(new ForgetRecord(Forget.tombstone("a"), 0, 11));
        assertThat(index.isTombstoned(Name.of("a"))).isTrue();
        assertThat(kept("a", 10_000)).isEmpty();
        assertThat(kept("b", 10_000)).hasSize(10);
    }

    @Test
    void halfOfASurrogatePairIsNoQuestionMark() {
        add("s", Event.of("A", "").withTags("?"), 0);

        assertThat(index.cursor(PreparedQuery.of(Query.tag("\ud800")), 1, 1, false).seek(1))
                .isEqualTo(PositionCursor.END);
        assertThat(index.cursor(PreparedQuery.of(Query.tag("?")), 1, 1, false).seek(1)).isEqualTo(1);
    }

    private List<Integer> kept(String stream, long nowMicros) {
        PositionCursor cursor = index.cursor(PreparedQuery.of(Query.stream(stream)), 1, index.last(), false);
        List<Long> found = positions(cursor, 1, index.last());
        List<Integer> kept = IntStream.range(0, 11)
                .filter(revision -> index.positionAtOrAfter(stream, revision, index.last()) <= index.last())
                .filter(revision -> index.isKept(Name.of(stream), revision,
                        index.timeMicros(index.positionAtOrAfter(stream, revision, index.last())), index.last(),
                        nowMicros))
                .boxed()
                .toList();
        assertThat(found).containsAll(
                kept.stream().map(revision -> index.positionAtOrAfter(stream, revision, index.last())).toList());
        return kept;
    }

    @Test
    void whatIsForgottenIsNotGoneThrough() {
        for (int i = 0; i < 100; i++) {
            add("a", Event.of("A", ""), 0);
        }
        index.forget(new ForgetRecord(Forget.beyond("a", Retention.maxCount(3)), 0, 0));

        assertThat(positions(index.cursor(PreparedQuery.of(Query.stream("a")), 1, 100, false), 1, 100))
                .containsExactly(98L, 99L, 100L);
        assertThat(positions(index.cursor(PreparedQuery.of(Query.stream("a")), 1, 50, true), 1, 50))
                .containsExactly(50L, 49L, 48L);
    }

    private List<String> names(String prefix, String after, int limit) {
        return index.streams(prefix, after, limit, index.last(), 0).stream().map(StreamInfo::stream).toList();
    }

    private void fill() {
        long micros = 0;
        while (all.size() < EVENTS) {
            String[] tags = random.ints(random.nextInt(4), 0, 12)
                    .mapToObj(i -> "tag:" + i)
                    .distinct()
                    .toArray(String[]::new);
            micros += random.nextInt(3);
            add((random.nextBoolean() ? "order-" : "bill-") + random.nextInt(40),
                    Event.of("Type" + random.nextInt(5), "").withTags(tags), micros);
        }
    }

    private void add(String stream, Event event, long micros) {
        all.add(new Filed(stream, event, micros));
        index.add(PreparedEvent.of(Name.of(stream), event), index.target(Name.of(stream)), all.size() * 1000L, micros);
        if (index.isDue()) {
            index.freeze(Optional.empty());
        }
        assertThat(index.last()).isEqualTo(all.size());
    }

    private Filed at(long position) {
        return all.get((int) position - 1);
    }

    private Query query() {
        Query query = item();
        for (int more = random.nextInt(3); more > 0; more--) {
            query = query.or(item());
        }
        return query;
    }

    private Query item() {
        Set<String> streams = set(random.nextInt(3), "order-", 45);
        Optional<String> category = streams.isEmpty() && random.nextInt(3) == 0
                ? Optional.of(random.nextBoolean() ? "order" : "bill")
                : Optional.empty();
        return new Query(List.of(new Query.Item(streams, category, set(random.nextInt(3), "Type", 6),
                set(random.nextInt(3), "tag:", 13))));
    }

    private Set<String> set(int size, String prefix, int bound) {
        return random.ints(size, 0, bound).mapToObj(i -> prefix + i).collect(Collectors.toSet());
    }

    private static List<Long> positions(PositionCursor cursor, long lowest, long head) {
        List<Long> found = new ArrayList<>();
        for (long key = cursor.seek(Long.MIN_VALUE + 1); key != PositionCursor.END; key = cursor.seek(key + 1)) {
            assertThat(PositionCursor.position(key)).isBetween(lowest, head);
            found.add(PositionCursor.position(key));
        }
        return found;
    }
}
