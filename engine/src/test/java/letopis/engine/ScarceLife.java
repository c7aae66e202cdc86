package letopis.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import letopis.journal.disk.RecordingDisk;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.OutcomeUnknownException;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The life of a store in which two steps of its own threads find no memory, for {@link SecondOutOfMemoryTest}: appends that wait
 * and that do not, so many that blocks are written beside, a stream that is forgotten, and a closing. Each caller must be told
 * something within a time. Loaded with the engine by {@link PlantingLoader}, which lets {@link #step} be called before each step.
 */
public final class ScarceLife {
    private static final int SUBMITTED = 6;
    private static final int APPENDED = 3;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static boolean counts;
    private static int steps;
    private static int first;
    private static int second;
    private static final List<OutOfMemoryError> PLANTED = new ArrayList<>();

    private final RecordingDisk disk = new RecordingDisk();
    private final Map<Integer, Appended> acknowledged = new TreeMap<>();
    private final Set<Integer> unknown = new TreeSet<>();

    private ScarceLife() {}

    /** Comes before each instruction of the engine that takes memory. */
    public static void step() {
        if (Thread.currentThread().getName().startsWith("letopis-")) {
            count();
        }
    }

    private static synchronized void count() {
        if (counts && (++steps == first || steps == second)) {
            OutOfMemoryError planted = new OutOfMemoryError("on demand, at step " + steps);
            PLANTED.add(planted);
            throw planted;
        }
    }

    private static synchronized void begin(int one, int other) {
        counts = true;
        steps = 0;
        PLANTED.clear();
        first = one;
        second = other;
    }

    private static synchronized int end() {
        counts = false;
        return steps;
    }

    /**
     * Lives once.
     *
     * @param one   the step that finds no memory first
     * @param other the step after it that finds none either
     * @return how many steps it took
     */
    public static int live(int one, int other) {
        try {
            return new ScarceLife().run(one, other);
        } catch (AssertionError | RuntimeException e) {
            PLANTED.forEach(e::addSuppressed); // where they were
            throw new AssertionError("no memory at steps " + one + " and " + other + ": " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the future that is got is the one that counts
    private int run(int one, int other) {
        EmbeddedEventStore store = EmbeddedEventStore.start(Disks.opening(disk),
                Disks.OPTIONS.withMaxBlockBytes(4096), false, System.nanoTime());
        begin(one, other);
        List<CompletableFuture<Appended>> futures = new ArrayList<>();
        for (int number = 0; number < SUBMITTED; number++) {
            int mine = number;
            Supplier<CompletableFuture<Appended>> submitting = () -> store.submit(append(mine));
            futures.add(inTime("submitting", submitting).join());
        }
        for (int number = 0; number < SUBMITTED; number++) {
            take(number, futures.get(number));
        }
        for (int number = SUBMITTED; number < SUBMITTED + APPENDED; number++) {
            int mine = number;
            take(number, inTime("appending", () -> store.append(append(mine))));
        }
        told("forgetting", inTime("forgetting", () -> {
            store.forget(Forget.before("order-0", 1));
            return 0;
        }));
        told("closing", inTime("closing", () -> {
            store.close();
            return 0;
        }));
        int taken = end();
        disk.endProcess();
        check();
        return taken;
    }

    /** Does something in a thread of its own, and waits for the end of it, not for ever. */
    private static <T> CompletableFuture<T> inTime(String what, Supplier<T> call) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("caller").start(() -> {
            try {
                done.complete(call.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        told(what, done);
        return done;
    }

    /** With which error it was answered, if it was. */
    private static <T> @Nullable Throwable told(String what, CompletableFuture<T> future) {
        try {
            future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            Throwable why = Objects.requireNonNull(e.getCause());
            if (why instanceof StoreException || String.valueOf(why.getMessage()).contains("on demand")) {
                return why;
            }
            throw new AssertionError(what + " was answered with an error of ours: " + why, why);
        } catch (TimeoutException e) {
            throw new AssertionError(what + " was not answered within " + LIMIT, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void take(int number, CompletableFuture<Appended> future) {
        Throwable why = told("append " + number, future);
        if (why == null) {
            acknowledged.put(number, future.join());
        } else if (why instanceof OutcomeUnknownException || why instanceof OutOfMemoryError) { // no memory for the answer itself
            unknown.add(number);
        }
    }

    private static Append append(int number) {
        return Append.to("order-" + number % 2)
                .of(Event.of("Happened", Bytes.of(new byte[1500]))
                        .withContentType("application/octet-stream")
                        .withId(new UUID(0, number)));
    }

    /** What was acknowledged is there, unless it was forgotten; what was refused is not. */
    private void check() {
        try (EmbeddedEventStore store = Disks.open(disk); Reading reading = store.read(Read.all())) {
            Map<Integer, Long> there = new TreeMap<>();
            reading.forEachRemaining(it -> there.put((int) it.id().getLeastSignificantBits(), it.position()));
            acknowledged.forEach((number, told) -> {
                long revision = told.revisions().values().iterator().next();
                boolean forgettable = number % 2 == 0 && revision == 0;
                if (!forgettable && !Long.valueOf(told.firstPosition()).equals(there.get(number))) {
                    throw new AssertionError("append " + number + " was acknowledged, and is not there");
                }
            });
            there.keySet().forEach(number -> {
                if (!acknowledged.containsKey(number) && !unknown.contains(number)) {
                    throw new AssertionError("append " + number + " was refused, and is there");
                }
            });
        } catch (CompletionException e) {
            throw new AssertionError(e);
        }
    }
}
