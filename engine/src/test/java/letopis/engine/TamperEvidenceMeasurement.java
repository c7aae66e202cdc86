package letopis.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import letopis.proof.InclusionProof;
import letopis.proof.SigningKey;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Event;

/**
 * What tamper evidence costs, by hand: {@code java -cp … letopis.engine.TamperEvidenceMeasurement [directory] [seconds] [rounds]}.
 * Each round measures every work with it and without it, one right after the other, each in a new store and in turns first; the
 * ratio is the median of the rounds. Events have 256 bytes of data and 64 of metadata.
 */
final class TamperEvidenceMeasurement {
    private static final Bytes DATA = Bytes.utf8("{\"text\":\"" + "d".repeat(245) + "\"}");
    private static final Bytes METADATA = Bytes.utf8("{\"actor\":\"" + "m".repeat(52) + "\"}");
    private static final SigningKey KEY = SigningKey.generate();

    private enum Work {
        ONE_WRITER, SIXTY_FOUR_WRITERS, PIPELINED, PIPELINED_TENS
    }

    private TamperEvidenceMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        Path where = Path.of(arguments.length > 0 ? arguments[0] : "/tmp");
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        for (Work work : Work.values()) {
            double[] off = new double[rounds];
            double[] on = new double[rounds];
            double[] ratios = new double[rounds];
            once(where, work, true, seconds);
            for (int round = 0; round < rounds; round++) {
                boolean first = round % 2 == 0;
                double one = once(where, work, first, seconds);
                double other = once(where, work, !first, seconds);
                on[round] = first ? one : other;
                off[round] = first ? other : one;
                ratios[round] = on[round] / off[round];
            }
            System.out.printf(Locale.ROOT, "%-20s off %,10.0f /s  on %,10.0f /s  ratio %.2f (from %.2f to %.2f)%n",
                    work,
                    median(off), median(on), median(ratios), Arrays.stream(ratios).min().orElseThrow(),
                    Arrays.stream(ratios).max().orElseThrow());
        }
        proofs(where);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double once(Path where, Work work, boolean sealed, long seconds) throws Exception {
        Path directory = Files.createTempDirectory(where, "letopis-measurement");
        EngineOptions options = sealed
                ? EngineOptions.DEFAULT.withTamperEvidence(TamperEvidence.with(KEY))
                : EngineOptions.DEFAULT;
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            long begin = System.nanoTime();
            long events = switch (work) {
                case ONE_WRITER -> writers(store, 1, seconds);
                case SIXTY_FOUR_WRITERS -> writers(store, 64, seconds);
                case PIPELINED -> pipelined(store, 1, seconds);
                case PIPELINED_TENS -> pipelined(store, 10, seconds);
            };
            return events * 1e9 / (System.nanoTime() - begin);
        } finally {
            SealedStore.delete(directory);
        }
    }

    private static long writers(EmbeddedEventStore store, int count, long seconds) throws InterruptedException {
        AtomicLong appended = new AtomicLong();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String stream = "writer-" + i;
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    store.append(append(stream, 1));
                    appended.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return appended.get();
    }

    private static long pipelined(EmbeddedEventStore store, int events, long seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        ArrayDeque<CompletableFuture<Appended>> underWay = new ArrayDeque<>();
        long appends = 0;
        while (System.nanoTime() < end) {
            underWay.add(store.submit(append("pipelined-" + appends++ / 10, events)));
            while (underWay.size() > 10_000 || (!underWay.isEmpty() && underWay.peek().isDone())) {
                underWay.remove().join();
            }
        }
        underWay.forEach(CompletableFuture::join);
        return appends * events;
    }

    private static Append append(String stream, int events) {
        List<Event> all = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            all.add(Event.of("Noted", DATA).withMetadata(METADATA));
        }
        return Append.to(stream).of(all);
    }

    /** What it takes to go on with a tree, to make a proof and to check one, and to audit. */
    private static void proofs(Path where) throws Exception {
        Path directory = Files.createTempDirectory(where, "letopis-measurement");
        EngineOptions options = EngineOptions.DEFAULT.withTamperEvidence(TamperEvidence.with(KEY));
        int events = 1_000_000;
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            for (int i = 0; i < events / 100; i++) {
                store.append(append("many-" + i, 100));
            }
        }
        timed("first opening with it, hashing all of " + events,
                () -> EmbeddedEventStore.open(directory, options).close());
        timed("next opening with it", () -> EmbeddedEventStore.open(directory, options).close());
        timed("opening without it", () -> EmbeddedEventStore.open(directory).close());
        InclusionProof[] proof = new InclusionProof[1];
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            for (int i = 0; i < 20; i++) {
                long position = 1 + i * 49_999L;
                timed("a proof", () -> proof[0] = store.proofs().proveInclusion(position));
            }
        }
        timed("checking it", () -> proof[0].check(List.of(KEY.verifyingKey())));
        timed("audit",
                () -> EmbeddedEventStore.audit(directory, List.of(KEY.verifyingKey()), List.of(), VerifyProgress.NONE));
        System.out.println("proof of " + proof[0].text().length() + " characters");
        SealedStore.delete(directory);
    }

    private static void timed(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.printf(Locale.ROOT, "%-50s %,10.2f ms%n", what, (System.nanoTime() - begin) / 1e6);
    }
}
