package letopis.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;

/**
 * Figures, by hand: {@code java -cp … letopis.engine.EngineMeasurement [ram|directory] [seconds]}. Prints what each way of
 * working comes to on this machine and disk.
 */
final class EngineMeasurement {
    private static final Bytes DATA = Bytes.utf8("{\"amount\":35.0,\"article\":157,\"points\":0,\"vehicle\":\"A\"}");

    private static long lastCpuNanos;

    private EngineMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        String where = arguments.length > 0 ? arguments[0] : "ram";
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 5;
        if (where.equals("ram")) {
            measure(EmbeddedEventStore.start(new Opening(Path.of("ram"), new RamJournal(), Optional.empty()),
                    EngineOptions.DEFAULT, false, System.nanoTime()), seconds);
        } else {
            Path directory = Files.createTempDirectory(Path.of(where), "letopis-measurement");
            measure(EmbeddedEventStore.open(directory), seconds);
            try (EmbeddedEventStore again = EmbeddedEventStore.open(directory)) {
                say("opened again", again.head(), again.stats().openedIn().toNanos());
                System.out.println(again.stats());
            }
        }
    }

    private static void measure(EmbeddedEventStore store, long seconds) throws InterruptedException {
        try (store) {
            writers(store, 1, seconds);
            writers(store, 1, seconds);
            writers(store, 64, seconds);
            writers(store, 64, seconds);
            pipelined(store, seconds);
            pipelined(store, seconds);
            reads(store);
            reads(store);
        }
    }

    private static void writers(EmbeddedEventStore store, int count, long seconds) throws InterruptedException {
        AtomicLong appended = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int writer = i;
            threads.add(Thread.ofPlatform().start(() -> {
                for (long n = 0; System.nanoTime() < end; n++) {
                    store.append(append("writer-" + count + "-" + writer + "-" + n / 4));
                    appended.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        say(count + " writers, durable appends", appended.get(), System.nanoTime() - begin);
    }

    private static void pipelined(EmbeddedEventStore store, long seconds) {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000;
        ArrayDeque<CompletableFuture<Appended>> underWay = new ArrayDeque<>();
        long appended = 0;
        for (long n = 0; System.nanoTime() < end; n++) {
            underWay.add(store.submit(append("pipelined-" + begin + "-" + n / 4)));
            while (underWay.size() > 10_000 || (!underWay.isEmpty() && underWay.peek().isDone())) {
                underWay.remove().join();
                appended++;
            }
        }
        appended += underWay.size();
        underWay.forEach(CompletableFuture::join);
        say("one thread, pipelined appends", appended, System.nanoTime() - begin);
    }

    private static void reads(EmbeddedEventStore store) {
        long begin = System.nanoTime();
        long events = 0;
        try (Reading reading = store.read(Read.all())) {
            while (reading.hasNext()) {
                events += reading.next().position() > 0 ? 1 : 0;
            }
        }
        say("events read forwards", events, System.nanoTime() - begin);
        begin = System.nanoTime();
        events = 0;
        try (Reading reading = store.read(Read.of(Query.category("writer")).backwards())) {
            while (reading.hasNext()) {
                events += reading.next().position() > 0 ? 1 : 0;
            }
        }
        say("events of a category read backwards", events, System.nanoTime() - begin);
    }

    private static Append append(String stream) {
        return Append.to(stream).of(Event.of("CreateFine", DATA));
    }

    /** What the process has used so far: on a busy machine this tells more than the time that went by. */
    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private static void say(String what, long count, long nanos) {
        long cpu = cpuNanos();
        System.out.printf(Locale.ROOT, "%-40s %,12d in %6.2f s  %,12.0f /s  %8.2f us of CPU each%n", what, count,
                nanos / 1e9,
                count * 1e9 / nanos, (cpu - lastCpuNanos) / 1e3 / count);
        lastCpuNanos = cpu;
    }
}
