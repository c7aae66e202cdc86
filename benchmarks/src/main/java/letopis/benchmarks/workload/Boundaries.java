package letopis.benchmarks.workload;

import java.util.List;

import letopis.benchmarks.contender.LetopisContender;
import letopis.benchmarks.contender.Sample;
import letopis.store.Append;
import letopis.store.Query;

/**
 * Appends under a dynamic consistency boundary, from virtual threads: no event after the head that was read may have one of two
 * tags, which the event gets itself. Each thread has tags of its own, so none is refused.
 */
final class Boundaries {
    private static final int TAGS_PER_WRITER = 1_000;

    private Boundaries() {}

    static Counted run(LetopisContender store, int writers, Timing timing) throws Exception {
        String run = "run" + Long.toString(System.nanoTime(), 36) + "-";
        return Writers.run(writers, Thread.ofVirtual(), timing, writer -> n -> {
            String course = "course:" + writer + "-" + n % TAGS_PER_WRITER;
            String student = "student:" + writer + "-" + n * 7 % TAGS_PER_WRITER;
            long head = store.store().head();
            Sample sample = Sample.of(n, List.of(course, student));
            store.store()
                    .append(Append.to(run + writer + "-" + n / 10)
                            .of(LetopisContender.toEvents(List.of(sample)))
                            .failIfEventsMatch(Query.tag(course).or(Query.tag(student)), head));
            return 1;
        });
    }
}
