package letopis.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;

/**
 * A history that proves itself. Many writers append at once, and each event says in its data under which condition it was
 * written and which head its writer saw. Afterwards the log alone shows whether any append broke its condition, whether each
 * is there wholly, and, with what the writers were answered, whether every acknowledged append is there, in order.
 *
 * <p>Safe for any number of threads. Of use in a crash test, too: what was written before and after is one log.
 */
public final class SelfVerifyingHistory {
    private static final int KEYS = 5;

    private final long seed;
    private final ConcurrentMap<String, Appended> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** @param seed decides what the writers try */
    public SelfVerifyingHistory(long seed) {
        this.seed = seed;
    }

    /**
     * Makes appends until so many were acknowledged, or an exception other than a failed condition ends it.
     *
     * @param writer  a number that no other call on this history was given
     * @param appends how many are to be acknowledged
     */
    public void write(EventStore store, int writer, int appends) {
        var random = new Random(seed * 31 + writer);
        int done = 0;
        for (int number = 0; done < appends; number++) {
            String name = writer + "." + number;
            Append append = next(store, random, name);
            try {
                acknowledged.put(name, store.append(append));
                done++;
            } catch (ConditionFailedException _) {
                refused.add(name);
            } catch (OutcomeUnknownException unknown) {
                if (!Thread.interrupted()) {
                    throw unknown;
                }
                acknowledged.put(name, store.append(append)); // a retry settles it
                done++;
            }
        }
    }

    /** How many appends were acknowledged until now. */
    public int acknowledged() {
        return acknowledged.size();
    }

    private static Append next(EventStore store, Random random, String name) {
        Set<Capability> can = store.capabilities();
        int count = 1 + random.nextInt(3);
        String stream = "k-" + random.nextInt(KEYS);
        Testimony base = Testimony.of(name, 0, count);
        if (random.nextInt(3) == 0) {
            OptionalLong last = store.stream(stream)
                    .map(StreamInfo::lastRevision)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
            base = base.expecting(stream, last);
        }
        if (can.contains(Capability.QUERY_CONDITIONS) && random.nextInt(4) > 0) {
            Query query = query(random);
            try (Reading reading = store.read(Read.of(query))) {
                reading.toList();
                base = base.noMatch(query, reading.head());
            }
        }
        Append.ToStream to = Append.to(stream);
        if (base.stream().isPresent()) {
            to = base.revision() < 0 ? to.expectingNoStream() : to.expectingRevision(base.revision());
        }
        Append append = to.of(event(base, 0, random));
        for (int i = 1; i < count; i++) {
            String next = can.contains(Capability.SEVERAL_STREAMS) ? "k-" + random.nextInt(KEYS) : stream;
            append = append.andTo(next).of(event(base, i, random));
        }
        return base.query().isPresent() ? append.failIfEventsMatch(base.query().get(), base.after()) : append;
    }

    private static Query query(Random random) {
        Query query = Query.tag("key:" + random.nextInt(KEYS));
        if (random.nextBoolean()) {
            query = query.withTypes("T" + random.nextInt(2));
        }
        return random.nextInt(3) == 0 ? query.or(Query.tag("key:" + random.nextInt(KEYS), "rare")) : query;
    }

    private static Event event(Testimony base, int index, Random random) {
        var testimony = new Testimony(base.append(), index, base.count(), base.stream(), base.revision(), base.query(),
                base.after());
        Set<String> tags = new HashSet<>(Set.of("key:" + random.nextInt(KEYS)));
        if (random.nextInt(5) == 0) {
            tags.add("rare");
        }
        return Event.of("T" + random.nextInt(2), testimony.toBytes()).withTags(tags);
    }

    /**
     * Judges the log, and the answers that the writers got.
     *
     * @param log all events of the store, in order
     * @throws AssertionError naming the first append that is wrong, and why
     */
    public void verify(List<RecordedEvent> log) {
        try {
            verifyLog(log);
            verifyAnswers(log);
        } catch (AssertionError wrong) {
            throw new AssertionError("in a history of seed " + seed + ": " + wrong.getMessage(), wrong);
        }
    }

    private void verifyAnswers(List<RecordedEvent> log) {
        Map<String, List<RecordedEvent>> byAppend = new HashMap<>();
        log.forEach(it -> byAppend.computeIfAbsent(Testimony.of(it).append(), _ -> new ArrayList<>()).add(it));
        acknowledged.forEach((name, answer) -> {
            List<RecordedEvent> events = byAppend.getOrDefault(name, List.of());
            check(!events.isEmpty(), name, "was acknowledged with " + answer + " and is not there");
            check(events.getFirst().position() == answer.firstPosition() && events.getLast()
                    .position() == answer.position(), name,
                    "was acknowledged with " + answer + " and stands at " + Events.positions(events));
            events.forEach(it -> check(answer.revision(it.stream()) >= it.revision(), name,
                    "was acknowledged with " + answer + " and has revision " + it.revision() + " of " + it.stream()));
        });
        refused.forEach(name -> check(!byAppend.containsKey(name), name, "was refused and is there"));
    }

    /**
     * Judges the log alone.
     *
     * @param log all events of the store, in order
     * @throws AssertionError naming the first append that is wrong, and why
     */
    public static void verifyLog(List<RecordedEvent> log) {
        Map<String, Long> revisions = new HashMap<>();
        Set<UUID> ids = new HashSet<>();
        Set<String> appends = new HashSet<>();
        for (int i = 0; i < log.size(); i++) {
            RecordedEvent event = log.get(i);
            Testimony testimony = Testimony.of(event);
            String name = testimony.append();
            check(ids.add(event.id()), name, "has an event twice: " + event.id());
            check(i == 0 || log.get(i - 1).position() < event.position(), name, "stands out of order");
            check(i == 0 || !log.get(i - 1).time().isAfter(event.time()), name, "is older than the one before it");
            if (testimony.index() == 0) {
                check(appends.add(name), name, "is there twice");
                verifyAppend(log, i, testimony, revisions);
            } else {
                Testimony before = Testimony.of(log.get(i - 1));
                check(before.append().equals(name) && before.index() == testimony.index() - 1, name,
                        "is not in one piece: event " + testimony.index() + " follows event " + before.index() + " of "
                                + before.append());
            }
            long revision = revisions.merge(event.stream(), 0L, (old, _) -> old + 1);
            check(event.revision() == revision, name, "has revision " + event.revision() + " of " + event.stream()
                    + " where " + revision + " is due");
        }
    }

    private static void verifyAppend(List<RecordedEvent> log, int first, Testimony testimony,
            Map<String, Long> revisions) {
        String name = testimony.append();
        check(first + testimony.count() <= log.size()
                && Testimony.of(log.get(first + testimony.count() - 1)).append().equals(name), name,
                "is not there wholly");
        testimony.stream()
                .ifPresent(stream -> check(revisions.getOrDefault(stream, -1L) == testimony.revision(), name,
                        "expected " + stream + " at " + testimony.revision() + " and was written at "
                                + revisions.getOrDefault(stream, -1L)));
        testimony.query().ifPresent(query -> {
            for (int i = first - 1; i >= 0 && log.get(i).position() > testimony.after(); i--) {
                check(!query.matches(log.get(i)), name, "expected that nothing after " + testimony.after()
                        + " matches \"" + query + "\", and the event at " + log.get(i).position() + " does");
            }
        });
    }

    private static void check(boolean holds, String append, String why) {
        if (!holds) {
            throw new AssertionError("append " + append + " " + why);
        }
    }
}
