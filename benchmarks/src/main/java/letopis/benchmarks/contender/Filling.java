package letopis.benchmarks.contender;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The content of a prepared store: streams of 10, 100 and 1000 events, six, two and two tenths of the events.
 *
 * <p>{@link Layout#GROUPED}: the events come in appends of 10 for one stream, and those appends in a scattered order: what an
 * application with commands of several events leaves behind, and the kindest case for a store that reads what stands together.
 * {@link Layout#SCATTERED}: each event comes alone, and all are scattered over the whole store, so that the events of a stream
 * are as far from each other as they can be. Each event has a tag then, which ten events of the store share.
 */
public final class Filling {
    /** How the events of a stream are spread. */
    public enum Layout {
        /** In appends of ten. */
        GROUPED,
        /** One by one. */
        SCATTERED
    }

    /** Events for one stream, appended together. */
    public record Batch(String stream, long expectedRevision, List<Sample> events) {}

    /** Takes what is to be appended, in order. */
    public interface Target {
        /** Appends, durable or not: a store is filled as fast as it goes. */
        void append(Batch batch) throws Exception;
    }

    private static final int[] SIZES = {10, 100, 1_000};
    private static final long LOADED_EVENTS = 100_000;

    private final long events;
    private final Layout layout;

    /** @param events a multiple of 10,000 */
    public Filling(long events, Layout layout) {
        if (events % 10_000 != 0 || events < 10_000) {
            throw new IllegalArgumentException("a store is filled with a multiple of 10,000 events, not " + events);
        }
        this.events = events;
        this.layout = layout;
    }

    public long events() {
        return events;
    }

    public Layout layout() {
        return layout;
    }

    /** How many streams of this size there are. */
    public int streams(int size) {
        return (int) (events / 10 * (size == 10 ? 6 : 2) / size);
    }

    /**
     * The numbers of the streams of this size that are loaded: those of a hundred thousand events, spread over all of the store, so that
     * the pages of as much data are warm whether the store is large or larger than memory.
     */
    public int[] loaded(int size) {
        int all = streams(size);
        int some = (int) Math.min(all, all * LOADED_EVENTS / events);
        return IntStream.range(0, some).map(i -> (int) ((long) i * all / some)).toArray();
    }

    /** The name of one of the streams of this size. */
    public static String stream(int size, int number) {
        return "order-" + size + "-" + number;
    }

    /** How many tags there are, each of ten events. */
    public int tags() {
        return (int) (events / 10);
    }

    /** The name of a tag. */
    public static String tag(int number) {
        return "customer:" + number;
    }

    /** How many events are of {@link Sample#RARE_TYPE}. */
    public long rare() {
        return events / 100;
    }

    /** Hands out all of it. */
    public void into(Target target) throws Exception {
        int[][] revisions = new int[SIZES.length][];
        for (int i = 0; i < SIZES.length; i++) {
            revisions[i] = new int[streams(SIZES[i])];
        }
        int batch = layout == Layout.GROUPED ? 10 : 1;
        long batches = events / batch;
        long step = coprime(batches);
        for (long i = 0; i < batches; i++) {
            long slot = (i * step) % batches * batch;
            int size = slot < events / 10 * 6 ? 0 : slot < events / 10 * 8 ? 1 : 2;
            long inSize = slot - (size == 0 ? 0 : size == 1 ? events / 10 * 6 : events / 10 * 8);
            int number = (int) (inSize / SIZES[size]);
            int revision = revisions[size][number];
            revisions[size][number] += batch;
            target.append(new Batch(stream(SIZES[size], number), revision - 1L, samples(i, batch)));
        }
    }

    private List<Sample> samples(long i, int batch) {
        if (batch == 1) {
            return List.of(Sample.of(i, List.of(tag((int) (i % tags())))));
        }
        Sample[] samples = new Sample[batch];
        for (int n = 0; n < batch; n++) {
            samples[n] = Sample.of(i * batch + n);
        }
        return List.of(samples);
    }

    /** A number near the golden section of this one without a common divisor: its multiples visit all, far from each other. */
    private static long coprime(long all) {
        long step = Math.round(all * 0.6180339887498949);
        while (divisor(step, all) != 1) {
            step++;
        }
        return step;
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
