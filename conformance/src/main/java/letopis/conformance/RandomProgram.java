package letopis.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Capability;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Query;

/** Makes a program from a seed. The names are few, so that the steps meet each other. */
final class RandomProgram {
    private static final int MOST_STEPS = 70;
    private static final List<String> STREAMS = List.of("a-1", "a-2", "b-1", "b", "c-🚀");
    private static final List<String> TYPES = List.of("A", "B", "C");
    private static final List<String> TAGS = List.of("x", "y", "z");

    private final Random random;
    private final Set<Capability> can;

    private RandomProgram(long seed, Set<Capability> can) {
        this.random = new Random(seed);
        this.can = can.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(can);
    }

    /** The same program for the same seed and capabilities. */
    static List<Step> of(long seed, Set<Capability> can) {
        var program = new RandomProgram(seed, can);
        List<Step> steps = new ArrayList<>();
        int count = 5 + program.random.nextInt(MOST_STEPS - 5);
        while (steps.size() < count) {
            steps.add(program.step());
        }
        steps.add(new Step.Look(Query.all(), false, Step.Edge.NOWHERE, 0, Step.Edge.NOWHERE, 0, 0));
        steps.add(program.listing());
        return steps;
    }

    private Step step() {
        int dice = random.nextInt(100);
        if (dice < 42) {
            return write();
        }
        if (dice < 50) {
            return new Step.Retry(random.nextInt(1_000), pick(List.of(Step.Change.values())), entry());
        }
        if (dice < 65) {
            return look();
        }
        if (dice < 70) {
            return new Step.Subscribe(random.nextInt(3), query(), random.nextInt(101));
        }
        if (dice < 80) {
            return new Step.Take(random.nextInt(3), random.nextInt(8) == 0 ? 1 + random.nextInt(3) : 1_000);
        }
        if (dice < 88) {
            return forgetting();
        }
        if (dice < 92) {
            return listing();
        }
        if (dice < 97) {
            return new Step.Clock(Duration.ofMillis(random.nextInt(-2_000, 10_000)));
        }
        return can.contains(Capability.DURABLE) ? new Step.Reopening() : look();
    }

    private Step write() {
        List<Append.Entry> entries = new ArrayList<>(List.of(entry()));
        // Where positions have holes, the answer tells where the first and the last event are, and no others.
        int most = can.contains(Capability.GAPLESS_POSITIONS) ? 10 : 2;
        while (entries.size() < most && random.nextInt(3) == 0) {
            entries.add(can.contains(Capability.SEVERAL_STREAMS)
                    ? entry()
                    : new Append.Entry(entries.getFirst().stream(), event()));
        }
        List<Step.Expectation> expectations = new ArrayList<>();
        while (random.nextInt(2) == 0) {
            expectations.add(expectation(entries.getFirst().stream()));
        }
        Step.Time time = can.contains(Capability.GIVEN_TIME) && random.nextInt(8) == 0
                ? pick(List.of(Step.Time.GIVEN, Step.Time.GIVEN_OR_LATER))
                : Step.Time.CLOCK;
        return new Step.Write(entries, expectations, pick(List.of(Step.Way.values())), time, random.nextInt(-3, 6));
    }

    private Step.Expectation expectation(String written) {
        String stream = random.nextInt(3) == 0 ? pick(STREAMS) : written;
        int dice = random.nextInt(10);
        if (dice < 2) {
            return new Step.Expectation.None(stream);
        }
        if (dice < 3) {
            return new Step.Expectation.Some(stream);
        }
        if (dice < 6 || !can.contains(Capability.QUERY_CONDITIONS)) {
            return new Step.Expectation.At(stream, random.nextInt(5) == 0 ? random.nextInt(-2, 3) : 0);
        }
        return new Step.Expectation.NoMatch(query(), random.nextInt(-1, 4));
    }

    private Append.Entry entry() {
        return new Append.Entry(pick(STREAMS), event());
    }

    private Event event() {
        Set<String> tags = new TreeSet<>();
        for (String tag : TAGS) {
            if (random.nextInt(3) == 0) {
                tags.add(tag);
            }
        }
        return new Event(new UUID(random.nextLong(), random.nextLong()), pick(TYPES), Event.JSON,
                Bytes.utf8("{\"n\":" + random.nextInt(1_000) + "}"), Bytes.empty(), tags);
    }

    private Query query() {
        Query query = new Query(List.of(item()));
        while (random.nextInt(4) == 0) {
            query = query.or(new Query(List.of(item())));
        }
        return query;
    }

    private Query.Item item() {
        Set<String> streams = new TreeSet<>();
        Optional<String> category = Optional.empty();
        if (random.nextInt(3) == 0) {
            streams.add(pick(STREAMS));
            if (random.nextInt(3) == 0) {
                streams.add(pick(STREAMS));
            }
        } else if (random.nextInt(3) == 0) {
            category = Optional.of(pick(List.of("a", "b", "c", "d")));
        }
        return new Query.Item(streams, category, some(TYPES), some(TAGS));
    }

    private Set<String> some(List<String> names) {
        Set<String> some = new TreeSet<>();
        while (random.nextInt(5) < 2) {
            some.add(pick(names));
        }
        return some;
    }

    private Step look() {
        Query query = random.nextInt(3) == 0 ? Query.stream(pick(STREAMS)) : query();
        return new Step.Look(query, random.nextBoolean(), edge(query), random.nextInt(-5, 106), edge(query),
                random.nextInt(-5, 106), random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 0);
    }

    private Step.Edge edge(Query query) {
        Step.Edge edge = random.nextInt(2) == 0 ? Step.Edge.NOWHERE : pick(List.of(Step.Edge.values()));
        return edge == Step.Edge.REVISION && query.singleStream().isEmpty() ? Step.Edge.POSITION : edge;
    }

    private Step forgetting() {
        String stream = pick(STREAMS);
        int dice = random.nextInt(10);
        if (dice >= 7 && can.contains(Capability.RETENTION)) {
            var retention = new Forget.Retention(
                    random.nextInt(2) == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(1 + random.nextInt(20))),
                    random.nextInt(2) == 0 ? OptionalLong.empty() : OptionalLong.of(1 + random.nextInt(6)));
            return new Step.Forgetting(Forget.beyond(stream, retention), 0);
        }
        if (!can.contains(Capability.FORGET)) {
            return look();
        }
        Forget forget = dice == 0
                ? Forget.tombstone(stream)
                : dice < 4 ? Forget.delete(stream) : Forget.before(stream, 0);
        return new Step.Forgetting(forget, random.nextInt(110));
    }

    private Step listing() {
        return new Step.Listing(new TreeSet<>(STREAMS), pick(List.of("", "", "a-", "b")), pick(List.of("", "", "a-1")),
                1 + random.nextInt(7));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
