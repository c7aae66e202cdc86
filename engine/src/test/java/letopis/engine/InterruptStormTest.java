package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Event;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreBusyException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers of all kinds, on platform and on virtual threads, are interrupted at random moments: none of it harms the store. No
 * acknowledged append is lost, the store stays open, and what was left open is settled by a retry, once.
 *
 * <p>How long: {@code -Dletopis.interrupt.seconds} (60); {@code -Dletopis.interrupt.seed}.
 */
class InterruptStormTest {
    private static final Duration STORM = Duration.ofSeconds(Integer.getInteger("letopis.interrupt.seconds", 60));
    private static final long SEED = Long.getLong("letopis.interrupt.seed", new Random().nextLong());
    private static final int CALLERS_OF_A_KIND = 4;
    private static final long LONGEST_CALM_NANOS = 2_000_000;

    private final Map<UUID, Appended> acknowledged = new ConcurrentHashMap<>();
    private final Map<UUID, Append> open = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong interrupts = new AtomicLong();
    private final AtomicLong interruptedReads = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private volatile boolean over;

    @Test
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void interruptsHarmNothing(@TempDir Path directory) throws InterruptedException {
        EngineOptions options = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 1 << 20)
                .withMaxWaitingAppends(6)
                .withRetryWindowEvents(1 << 30); // what is settled at the end may be as old as the storm
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            storm(callers(store));
            assertThat(failures).as("seed %s", SEED).isEmpty();
            settle(store);
            check(store);
        }
        try (EmbeddedEventStore again = EmbeddedEventStore.open(directory, options)) {
            assertThat(again.tornTail()).isEmpty();
            check(again);
        }
        System.out.println(
                interrupts + " interrupts (seed " + SEED + "): " + acknowledged.size() + " appends acknowledged, "
                        + open.size() + " left open and settled, " + read + " events read, " + interruptedReads
                        + " readings interrupted, " + delivered + " events delivered");
        assertThat(Math.min(acknowledged.size(), Math.min(open.size(), interrupts.get()))).isPositive();
    }

    private List<Thread> callers(EmbeddedEventStore store) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS_OF_A_KIND; i++) {
            String stream = "order-" + i;
            for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                callers.add(kind.unstarted(() -> untilOver(() -> append(store, stream))));
                callers.add(kind.unstarted(() -> untilOver(() -> read(store, stream))));
                callers.add(kind.unstarted(() -> subscribe(store)));
            }
        }
        return callers;
    }

    private void storm(List<Thread> callers) throws InterruptedException {
        Random random = new Random(SEED);
        callers.forEach(Thread::start);
        long end = System.nanoTime() + STORM.toNanos();
        while (System.nanoTime() < end && failures.isEmpty()) {
            callers.get(random.nextInt(callers.size())).interrupt();
            interrupts.incrementAndGet();
            LockSupport.parkNanos(random.nextLong(LONGEST_CALM_NANOS));
        }
        over = true;
        for (Thread caller : callers) {
            while (caller.isAlive()) {
                caller.interrupt();
                caller.join(Duration.ofMillis(1));
            }
        }
    }

    private void untilOver(Runnable call) {
        try {
            while (!over) {
                call.run();
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private void append(EmbeddedEventStore store, String stream) {
        Append append = Append.to(stream).of(Event.of("A", "1"), Event.of("B", "2"));
        UUID id = append.entries().getFirst().event().id();
        try {
            acknowledged.put(id, store.append(append));
        } catch (OutcomeUnknownException e) {
            open.put(id, append);
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        } catch (StoreBusyException e) {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
    }

    private void read(EmbeddedEventStore store, String stream) {
        try (Reading reading = store.read(Read.stream(stream).backwards().limit(200))) {
            for (RecordedEvent event : reading) {
                assertThat(event.stream()).isEqualTo(stream);
                read.incrementAndGet();
            }
        }
        LockSupport.parkNanos(LONGEST_CALM_NANOS); // virtual threads that never wait would leave nothing to others
        if (Thread.interrupted()) {
            interruptedReads.incrementAndGet();
        }
    }

    private void subscribe(EmbeddedEventStore store) {
        long seen = 0;
        try (Subscription subscription = store.subscribe(Query.all(), 0)) {
            while (!over) {
                try {
                    Optional<Signal> signal = subscription.poll(Duration.ofMillis(10));
                    if (signal.isPresent() && signal.get() instanceof Signal.Delivered(RecordedEvent event)) {
                        assertThat(event.position()).isEqualTo(++seen);
                        delivered.incrementAndGet();
                    }
                } catch (InterruptedException e) {
                    assertThat(subscription.position()).isEqualTo(seen);
                }
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private void settle(EmbeddedEventStore store) {
        open.forEach((id, append) -> acknowledged.put(id, store.append(append)));
    }

    /** Each append is there once, where it was said to be; and there is nothing else but what was never answered. */
    private void check(EmbeddedEventStore store) {
        Map<UUID, Long> positions = new HashMap<>();
        try (Reading reading = store.read(Read.all())) {
            reading.forEachRemaining(event -> assertThat(positions.put(event.id(), event.position())).isNull());
        }
        acknowledged.forEach((id, appended) -> assertThat(positions.get(id)).isEqualTo(appended.firstPosition()));
        assertThat(store.head()).isEqualTo(2L * acknowledged.size());
    }
}
