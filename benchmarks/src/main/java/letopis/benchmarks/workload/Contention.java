package letopis.benchmarks.workload;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.Sample;
import letopis.benchmarks.contender.StaleRevisionException;
import letopis.benchmarks.contender.Tally;

/**
 * Many writers on one stream: each expects the revision it knows of, and when that is stale takes the one it was told and tries
 * again. An operation is an append that succeeded. Afterwards it is checked that each answered revision was answered once and
 * that the stream has all of them.
 */
final class Contention {
    private static final String STREAM = "contended-1";

    private Contention() {}

    static Counted run(Contender store, int writers, Timing timing) throws Exception {
        ConcurrentHashMap<Long, Integer> answered = new ConcurrentHashMap<>();
        AtomicLong refused = new AtomicLong();
        Counted counted = Writers.run(writers, Thread.ofPlatform(), timing, writer -> {
            long[] known = {-1};
            return n -> {
                List<Sample> events = List.of(Sample.of(n));
                while (true) {
                    try {
                        known[0] = store.append(STREAM, known[0], events);
                        Integer before = answered.put(known[0], writer);
                        if (before != null) {
                            throw new IllegalStateException("revision " + known[0] + " was given to writer " + before
                                    + " and to writer " + writer);
                        }
                        return 1;
                    } catch (StaleRevisionException e) {
                        refused.incrementAndGet();
                        known[0] = e.actual();
                    }
                }
            };
        });
        Tally tally = new Tally();
        store.load(STREAM, tally);
        if (tally.events() != answered.size() || tally.lastRevision() != answered.size() - 1
                || !answered.containsKey(0L) || !answered.containsKey(tally.lastRevision())) {
            throw new IllegalStateException(answered.size() + " appends succeeded, and the stream has " + tally.events()
                    + " events, the last at revision " + tally.lastRevision());
        }
        return counted.with("refusedPerSuccess", (double) refused.get() / answered.size());
    }
}
