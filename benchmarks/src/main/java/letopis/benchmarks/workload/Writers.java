package letopis.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;

import letopis.benchmarks.report.Latency;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Threads that do the same over and over, each operation timed; what began and ended in the time that counts counts. */
final class Writers {
    private static final long MAX_NANOS = 60_000_000_000L;

    /** What one of the threads does. */
    interface Work {
        /** Does it for the n-th time, n from 0 on; returns how many events it was. */
        int once(long n) throws Exception;
    }

    /** Makes the work of a thread. */
    interface Works {
        Work of(int writer);
    }

    private Writers() {}

    static Counted run(int count, Thread.Builder threads, Timing timing, Works works) throws Exception {
        List<Histogram> histograms = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        long[] events = new long[count];
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicReference<Timing.@Nullable Period> begun = new AtomicReference<>();
        CyclicBarrier ready = new CyclicBarrier(count, () -> begun.set(timing.begin()));
        for (int i = 0; i < count; i++) {
            int writer = i;
            Histogram histogram = new Histogram(MAX_NANOS, 3);
            histograms.add(histogram);
            started.add(threads.start(() -> {
                try {
                    Work work = works.of(writer);
                    ready.await();
                    Timing.Period period = Objects.requireNonNull(begun.get());
                    long before = System.nanoTime();
                    for (long n = 0; (n == 0 || !period.isOver(before)) && failure.get() == null; n++) {
                        int done = work.once(n);
                        long after = System.nanoTime();
                        if (period.counts(before) && !period.isOver(after)) {
                            histogram.recordValue(Math.min(after - before, MAX_NANOS));
                            events[writer] += done;
                        }
                        before = after;
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                    ready.reset(); // nobody waits for one that does not come
                }
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a writer failed", failure.get());
        }
        Histogram all = new Histogram(MAX_NANOS, 3);
        histograms.forEach(all::add);
        long sum = 0;
        for (long each : events) {
            sum += each;
        }
        return Counted.of(all.getTotalCount(), sum, timing.measured().toNanos(), Latency.of(all));
    }
}
