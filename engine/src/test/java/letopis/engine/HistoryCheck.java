package letopis.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import letopis.engine.ConcurrentCall.Outcome;
import letopis.store.RecordedEvent;

/**
 * Decides whether a concurrent history is linearizable: whether there is one order of all calls that agrees with real time (a
 * call that ended before another began is before it) in which each call did what it would have done alone.
 *
 * <p>In general that takes a search (J. Wing, C. Gong, "Testing and verifying concurrent objects", 1993). Here the store itself
 * gives most of the order away: an append that is in the log stands at its positions, and a read stands right behind the head
 * that it saw. What has no place of its own is an append that was refused: it must stand somewhere between the calls that ended
 * before it began and those that began after it ended, at a place where its condition does not hold and its evidence is right.
 * Taking the earliest such place for each, in the order of their ends, finds an order if there is one, because a place only
 * ever pushes later calls further back. An append whose outcome nobody knows is in the log or not; if it is, it must not stand
 * before it began.
 */
final class HistoryCheck {
    private static final long[] NONE = {};

    private final List<ConcurrentCall> calls;
    /** For each position the number of the append, from 1 on. */
    private final int[] appendAt;
    private final long[] lastOfAppend;
    private final Map<Integer, Long> firstOfAppend = new HashMap<>();
    private final Map<Integer, Integer> eventsOfAppend = new HashMap<>();
    private final Map<String, long[]> positions = new HashMap<>();

    /** @param log all events of the store at the end, in order */
    HistoryCheck(List<ConcurrentCall> calls, List<RecordedEvent> log) {
        this.calls = new ArrayList<>(calls);
        appendAt = new int[log.size() + 1];
        lastOfAppend = new long[log.size() + 1];
        Map<String, List<Long>> lists = new HashMap<>();
        for (RecordedEvent event : log) {
            long position = event.position();
            if (position > log.size()) {
                throw new AssertionError("position " + position + " in a log of " + log.size() + " events");
            }
            int append = (int) event.id().getMostSignificantBits();
            appendAt[(int) position] = append;
            firstOfAppend.putIfAbsent(append, position);
            int before = eventsOfAppend.merge(append, 1, Integer::sum) - 1;
            if (event.id().getLeastSignificantBits() != before || firstOfAppend.get(append) + before != position) {
                throw new AssertionError("append " + append + " is torn or doubled at position " + position);
            }
            List<Long> stream = lists.computeIfAbsent(event.stream(), _ -> new ArrayList<>());
            if (event.revision() != stream.size()) {
                throw new AssertionError("revision " + event.revision() + " of " + event.stream() + " at position "
                        + position + " should be " + stream.size());
            }
            stream.add(position);
            event.tags().forEach(tag -> lists.computeIfAbsent(tag, _ -> new ArrayList<>()).add(position));
        }
        for (int position = log.size(); position > 0; position--) {
            lastOfAppend[position] = position < log.size() && appendAt[position + 1] == appendAt[position]
                    ? lastOfAppend[position + 1]
                    : position;
        }
        lists.forEach((term, list) -> positions.put(term, list.stream().mapToLong(it -> it).toArray()));
    }

    /** @throws AssertionError if there is no such order */
    void run() {
        Map<Integer, ConcurrentCall> known = new HashMap<>();
        for (ConcurrentCall call : calls) {
            if (!call.isRead) {
                known.put(call.append, call);
                fate(call);
            }
        }
        firstOfAppend.keySet().forEach(append -> {
            if (!known.containsKey(append)) {
                throw new AssertionError("append " + append + " is in the log, and nobody made it");
            }
        });
        order();
    }

    /** Whether an append is in the log as its answer says. */
    private void fate(ConcurrentCall call) {
        long first = firstOfAppend.getOrDefault(call.append, 0L);
        boolean right = switch (call.outcome) {
            case ACKNOWLEDGED -> first == call.position && eventsOfAppend.getOrDefault(call.append, 0) == call.events;
            case UNKNOWN -> first == 0 || eventsOfAppend.getOrDefault(call.append, 0) == call.events;
            case REFUSED, NOT_WRITTEN -> first == 0;
        };
        if (!right) {
            throw new AssertionError(call + ", and the log has it "
                    + (first == 0
                            ? "not"
                            : "at " + first + " with " + eventsOfAppend.getOrDefault(call.append, 0) + " events"));
        }
    }

    private void order() {
        ConcurrentCall[] byBegin = calls.toArray(ConcurrentCall[]::new);
        Arrays.sort(byBegin, Comparator.comparingLong(it -> it.begun));
        long[] begins = Arrays.stream(byBegin).mapToLong(it -> it.begun).toArray();
        long[] leastFrom = new long[byBegin.length + 1];
        leastFrom[byBegin.length] = Long.MAX_VALUE;
        for (int i = byBegin.length - 1; i >= 0; i--) {
            leastFrom[i] = Math.min(leastFrom[i + 1], before(byBegin[i]));
        }
        calls.sort(Comparator.comparingLong(it -> it.ended));
        long[] ends = new long[calls.size()];
        long[] mostUpTo = new long[calls.size() + 1];
        int done = 0;
        for (ConcurrentCall call : calls) {
            long lowest = mostUpTo[below(ends, done, call.begun)];
            long highest = leastFrom[above(begins, call.ended)];
            long place = place(call, lowest, highest);
            ends[done] = call.ended;
            mostUpTo[done + 1] = Math.max(mostUpTo[done], place);
            done++;
        }
    }

    /** What must not be behind a call that ended before this one began: of an append in the log one position before it. */
    private long before(ConcurrentCall call) {
        if (call.isRead) {
            return call.position;
        }
        Long first = firstOfAppend.get(call.append);
        return first == null ? Long.MAX_VALUE : first - 1;
    }

    /** Finds the place of a call: how many events are before whatever comes after it. */
    private long place(ConcurrentCall call, long lowest, long highest) {
        if (call.isRead) {
            require(call.position >= lowest && call.position <= highest, call, lowest, highest);
            read(call);
            return call.position;
        }
        Long first = firstOfAppend.get(call.append);
        if (first != null) {
            require(first > lowest && lastOfAppend[first.intValue()] <= highest, call, lowest, highest);
            if (!holds(call, first - 1)) {
                throw new AssertionError(call + " was written at " + first + ", where its condition does not hold");
            }
            return lastOfAppend[first.intValue()];
        }
        if (call.outcome != Outcome.REFUSED) {
            return 0;
        }
        long place = refused(call, lowest);
        require(place >= lowest && place <= highest, call, lowest, highest);
        if (holds(call, place)) {
            throw new AssertionError(call + " was refused, and its condition holds behind " + place);
        }
        return place;
    }

    private static void require(boolean inTime, ConcurrentCall call, long lowest, long highest) {
        if (!inTime) {
            throw new AssertionError(call + " should stand behind position " + lowest + " and not behind " + highest);
        }
    }

    /** The earliest place, not before the lowest, at which the evidence of a refusal is what is there. */
    private long refused(ConcurrentCall call, long lowest) {
        if (call.byTag) {
            long[] tagged = positions.getOrDefault("tag:" + call.tag, NONE);
            if (call.evidence <= call.after || Arrays.binarySearch(tagged, call.evidence) < 0) {
                throw new AssertionError(call + ": that event does not match");
            }
            return Math.max(lowest, lastOfAppend[(int) call.evidence]);
        }
        long[] stream = positions.getOrDefault("stream-" + call.stream, NONE);
        if (call.evidence >= stream.length) {
            throw new AssertionError(call + ": the stream never was there");
        }
        long place = call.evidence < 0 ? lowest : Math.max(lowest, lastOfAppend[(int) stream[(int) call.evidence]]);
        if (count(stream, place) - 1 != call.evidence) {
            throw new AssertionError(call + ": behind " + place + " the stream is at " + (count(stream, place) - 1));
        }
        return place;
    }

    /** Whether the conditions of an append hold behind a position. */
    private boolean holds(ConcurrentCall call, long place) {
        long last = count(positions.getOrDefault("stream-" + call.stream, NONE), place) - 1L;
        boolean streamHolds = call.expected == ConcurrentCall.ANY || last == call.expected;
        long[] tagged = call.tag < 0 ? NONE : positions.getOrDefault("tag:" + call.tag, NONE);
        return streamHolds && count(tagged, place) == count(tagged, Math.min(call.after, place));
    }

    /** A read by tag, backwards: the newest events with the tag up to the head it saw. */
    private void read(ConcurrentCall call) {
        long[] tagged = positions.getOrDefault("tag:" + call.tag, NONE);
        int there = count(tagged, call.position);
        int expected = Math.min(there, ConcurrentStorm.READ_LIMIT);
        long hash = 0;
        for (int i = 0; i < expected; i++) {
            hash = hash * 31 + tagged[there - 1 - i];
        }
        if (call.count != expected || call.hash != hash) {
            throw new AssertionError(call + " gave " + call.count + " events and should have given " + expected
                    + ", or others");
        }
    }

    /** How many of these ascending positions are not above one. */
    private static int count(long[] ascending, long position) {
        return below(ascending, ascending.length, position + 1);
    }

    /** How many of the first so many ascending numbers are below one. */
    private static int below(long[] ascending, int length, long number) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The index of the first of these ascending numbers that is above one. */
    private static int above(long[] ascending, long number) {
        return number == Long.MAX_VALUE ? ascending.length : below(ascending, ascending.length, number + 1);
    }
}
