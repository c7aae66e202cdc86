package letopis.sql.trial;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many virtual threads over few connections: nobody starves, nothing waits for ever, no carrier is held. */
public interface VirtualThreadContract extends SqlTrial {
    int THREADS = Integer.getInteger("letopis.virtual.threads", 1_000);
    int SUBSCRIPTIONS = Integer.getInteger("letopis.virtual.subscriptions", 200);
    Duration PINNED = Duration.ofMillis(20);

    /** The fewest connections that a store needs: one to write, one to read, one to listen where the database pushes. */
    int fewest();

    @Test
    default void fewestConnectionsServeThousandThreads() throws Exception {
        serve(fewest());
    }

    @Test
    default void fourConnectionsServeThousandThreads() throws Exception {
        serve(4);
    }

    private void serve(int connections) throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofMinutes(2));
        Set<UUID> sent = ConcurrentHashMap.newKeySet();
        Pinned pinned = new Pinned();
        try (HikariDataSource pool = SqlTrial.pool(url(), connections);
                SqlEventStore store = open(pool, options);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            appendAndRead(store, "warm-1", new HashSet<>()); // classes are initialised once, and that pins
            List<Future<List<UUID>>> subscribers = new ArrayList<>();
            CountDownLatch subscribed = new CountDownLatch(SUBSCRIPTIONS);
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                subscribers.add(threads.submit(() -> follow(store, subscribed)));
            }
            assertThat(subscribed.await(2, TimeUnit.MINUTES)).as("all have caught up").isTrue();
            pinned.start();
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String stream = "a-" + i % 100;
                working.add(threads.submit(() -> appendAndRead(store, stream, sent)));
            }
            for (Future<?> one : working) {
                one.get(4, TimeUnit.MINUTES);
            }
            List<UUID> stored = SqlTrial.all(store).stream().map(letopis.store.RecordedEvent::id).toList();
            assertThat(stored).hasSize(THREADS * 2 + 2).containsAll(sent);
            for (Future<List<UUID>> one : subscribers) {
                assertThat(one.get(1, TimeUnit.MINUTES)).isEqualTo(stored);
            }
        } finally {
            pinned.stop();
        }
        assertThat(pinned.found).as("virtual threads that held their carrier for longer than %s", PINNED).isEmpty();
    }

    /** Appends, reads its own, and does so again. */
    private static void appendAndRead(SqlEventStore store, String stream, Set<UUID> sent) {
        for (int i = 0; i < 2; i++) {
            Append append = SqlTrial.append(stream);
            UUID id = append.entries().getFirst().event().id();
            store.append(append);
            sent.add(id);
            try (Reading reading = store.read(Read.of(Query.stream(stream)))) {
                assertThat(reading.toList()).as("what a thread reads after it appended")
                        .anyMatch(it -> it.id().equals(id));
            }
        }
    }

    private static List<UUID> follow(SqlEventStore store, CountDownLatch subscribed) throws Exception {
        List<UUID> delivered = new ArrayList<>();
        boolean counted = false;
        try (Subscription subscription = store.subscribe(Query.all(), 0)) {
            while (delivered.size() < THREADS * 2 + 2) {
                Signal signal = subscription.poll(Duration.ofMinutes(4)).orElseThrow();
                if (signal instanceof Signal.Delivered it) {
                    delivered.add(it.event().id());
                } else if (signal instanceof Signal.CaughtUp && !counted) {
                    counted = true;
                    subscribed.countDown();
                }
            }
        }
        return delivered;
    }

    /** A thread that is pinned on purpose, in the initialiser of a class, is found. */
    @Test
    default void pinnedThreadWouldBeCaught() throws Exception {
        Pinned pinned = new Pinned();
        pinned.start();
        Thread.ofVirtual().start(VirtualThreadContract::initialisePins).join();
        pinned.stop();
        assertThat(pinned.found).isNotEmpty();
    }

    /** As a class of its own each time: a class is initialised once only. */
    private static void initialisePins() {
        try (InputStream code = Objects
                .requireNonNull(Pins.class.getResourceAsStream("VirtualThreadContract$Pins.class"))) {
            MethodHandles.lookup().defineHiddenClass(code.readAllBytes(), true);
        } catch (IOException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Holds the carrier of the virtual thread that initialises it. */
    final class Pins {
        static {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private Pins() {}
    }

    /** What the virtual machine says of pinned threads, from the start on. */
    final class Pinned {
        final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
        private final RecordingStream stream = new RecordingStream();

        void start() {
            stream.enable("jdk.VirtualThreadPinned").withThreshold(PINNED).withStackTrace();
            stream.onEvent("jdk.VirtualThreadPinned", event -> found.add(describe(event)));
            stream.startAsync();
        }

        private static String describe(RecordedEvent event) {
            return event.getDuration() + " at " + event.getStackTrace();
        }

        void stop() {
            stream.stop();
            stream.close();
        }
    }
}
