package letopis.benchmarks.workload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.RawFile;
import letopis.benchmarks.contender.Sample;
import letopis.benchmarks.contender.Tally;

/** Reads of a filled store by one thread, with the page cache warm. Each read is checked to have found all it should. */
final class Reading {
    private static final int[] SIZES = {10, 100, 1_000};

    private Reading() {}

    /** Loads whole streams, picked at random, for each size of streams; each of them was loaded before. */
    static List<Counted> streams(Contender store, Filling filling, Timing timing) throws Exception {
        List<Counted> all = new ArrayList<>();
        for (int size : SIZES) {
            int[] loaded = filling.loaded(size);
            for (int number : loaded) {
                load(store, size, number);
            }
            SplittableRandom random = new SplittableRandom(size);
            all.add(Writers.run(1, Thread.ofPlatform(), timing,
                    _ -> _ -> load(store, size, loaded[random.nextInt(loaded.length)])).part("streams of " + size));
        }
        return all;
    }

    private static int load(Contender store, int size, int number) throws Exception {
        Tally tally = new Tally();
        store.load(Filling.stream(size, number), tally);
        return expect(size, tally);
    }

    /** Reads everything, over and over. */
    static Counted all(Contender store, Filling filling, Timing timing) {
        return repeated(timing, () -> {
            Tally tally = new Tally();
            store.readAll(tally);
            return atLeast(filling.events(), tally);
        });
    }

    /** Reads the bytes of a store's log, over and over: the limit of reading everything. */
    static Counted scan(Path store, long bytes, long events, Timing timing) {
        List<Path> log = RawFile.log(store);
        return repeated(timing, () -> {
            RawFile.scan(log, bytes);
            return (int) events;
        }).with("bytes", (double) bytes);
    }

    /** Reads the ten events of tags picked at random. */
    static Counted tags(Contender store, Filling filling, Timing timing) throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        return Writers.run(1, Thread.ofPlatform(), timing, _ -> _ -> {
            Tally tally = new Tally();
            store.readTag(Filling.tag(random.nextInt(filling.tags())), tally);
            return expect(10, tally);
        }).part("by tag");
    }

    /** Reads the events of a type that one of a hundred has. */
    static Counted rareType(Contender store, Filling filling, Timing timing) throws Exception {
        return Writers.run(1, Thread.ofPlatform(), timing, _ -> _ -> {
            Tally tally = new Tally();
            store.readType(Sample.RARE_TYPE, tally);
            return expect(filling.rare(), tally);
        }).part("by rare type");
    }

    private interface Pass {
        int run();
    }

    /** Whole passes for as long as it is to be measured, one at least; the first ones do not count. */
    private static Counted repeated(Timing timing, Pass pass) {
        long warmEnd = System.nanoTime() + timing.warm().toNanos();
        do {
            pass.run();
        } while (System.nanoTime() < warmEnd);
        long begin = System.nanoTime();
        long events = 0;
        long passes = 0;
        long now;
        do {
            events += pass.run();
            passes++;
            now = System.nanoTime();
        } while (now - begin < timing.measured().toNanos());
        return Counted.of(passes, events, now - begin, letopis.benchmarks.report.Latency.NONE);
    }

    /** A store that was appended to since has more. */
    private static int atLeast(long events, Tally tally) {
        return expect(Math.max(events, tally.events()), tally);
    }

    private static int expect(long events, Tally tally) {
        if (tally.events() != events || tally.bytes() < events * (Sample.DATA_BYTES + Sample.METADATA_BYTES)) {
            throw new IllegalStateException("a read found " + tally.events() + " events with " + tally.bytes()
                    + " bytes, and should have found " + events);
        }
        return (int) events;
    }
}
