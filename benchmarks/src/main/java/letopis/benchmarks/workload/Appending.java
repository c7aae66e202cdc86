package letopis.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.LetopisContender;
import letopis.benchmarks.contender.RawCommits;
import letopis.benchmarks.contender.RawFile;
import letopis.benchmarks.contender.Sample;
import letopis.store.Appended;
import letopis.store.EventStore;

/**
 * Durable appends with an expected revision, each writer on streams of its own: single events until a stream has ten, larger
 * appends each to a new stream.
 *
 * <p>The raw limit writes the same bytes. A single writer does it itself; of many, each hands its bytes to the one thread that
 * commits ({@link RawCommits}).
 */
final class Appending {
    private static final int EVENTS_PER_STREAM = 10;
    private static final int RAW_PIPELINE_EVENTS = 2_900;

    private Appending() {}

    static Counted store(Contender store, int writers, int eventsPerAppend, Timing timing) throws Exception {
        String run = "run" + Long.toString(System.nanoTime(), 36) + "-";
        return Writers.run(writers, Thread.ofPlatform(), timing, writer -> n -> {
            if (eventsPerAppend == 1) {
                store.append(run + writer + "-" + n / EVENTS_PER_STREAM, n % EVENTS_PER_STREAM - 1,
                        List.of(Sample.of(n)));
            } else {
                store.append(run + writer + "-" + n, -1, samples(n, eventsPerAppend));
            }
            return eventsPerAppend;
        });
    }

    /** The same of single events, where each of several stores that are open on the same events has its part of the writers. */
    static Counted stores(LetopisContender first, int count, int writers, Timing timing) throws Exception {
        String run = "run" + Long.toString(System.nanoTime(), 36) + "-";
        List<EventStore> stores = new ArrayList<>(List.of(first.store()));
        try {
            while (stores.size() < count) {
                stores.add(first.another());
            }
            return Writers.run(writers, Thread.ofPlatform(), timing, writer -> n -> {
                LetopisContender.append(stores.get(writer % count), run + writer + "-" + n / EVENTS_PER_STREAM,
                        n % EVENTS_PER_STREAM - 1, List.of(Sample.of(n)));
                return 1;
            });
        } finally {
            stores.stream().skip(1).forEach(EventStore::close);
        }
    }

    static Counted raw(Path directory, int writers, int eventsPerAppend, Timing timing) throws Exception {
        if (writers == 1) {
            try (RawFile file = new RawFile(directory)) {
                ByteBuffer group = RawFile.group(eventsPerAppend);
                return Writers.run(1, Thread.ofPlatform(), timing, _ -> n -> {
                    RawFile.begin(group);
                    samples(n, eventsPerAppend).forEach(event -> RawFile.put(group, event));
                    file.commit(group);
                    return eventsPerAppend;
                });
            }
        }
        try (RawCommits commits = new RawCommits(directory)) {
            return Writers.run(writers, Thread.ofPlatform(), timing, _ -> n -> {
                commits.append(samples(n, eventsPerAppend));
                return eventsPerAppend;
            });
        }
    }

    /** One thread that submits and does not wait, but for those that are more than so many under way. */
    static Counted pipelined(LetopisContender store, Timing timing) throws Exception {
        String run = "run" + Long.toString(System.nanoTime(), 36) + "-";
        ArrayDeque<CompletableFuture<Appended>> underWay = new ArrayDeque<>();
        return Writers.run(1, Thread.ofPlatform(), timing, _ -> n -> {
            underWay.add(store.store()
                    .submit(LetopisContender.toAppend(run + n / EVENTS_PER_STREAM, n % EVENTS_PER_STREAM - 1,
                            List.of(Sample.of(n)))));
            if (underWay.size() > LetopisContender.PIPELINE) {
                underWay.remove().join();
            }
            return 1;
        });
    }

    /** The same bytes in groups of about 1 MiB. */
    static Counted rawPipelined(Path directory, Timing timing) throws Exception {
        try (RawFile file = new RawFile(directory)) {
            ByteBuffer group = RawFile.group(RAW_PIPELINE_EVENTS);
            return Writers.run(1, Thread.ofPlatform(), timing, _ -> n -> {
                RawFile.begin(group);
                for (int i = 0; i < RAW_PIPELINE_EVENTS; i++) {
                    RawFile.put(group, Sample.of(n + i));
                }
                file.commit(group);
                return RAW_PIPELINE_EVENTS;
            });
        }
    }

    private static List<Sample> samples(long n, int count) {
        return count == 1
                ? List.of(Sample.of(n))
                : LongStream.range(n * count, (n + 1) * count).mapToObj(Sample::of).toList();
    }
}
