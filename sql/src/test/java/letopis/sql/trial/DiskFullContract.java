package letopis.sql.trial;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.DatabaseServer;
import letopis.servers.SmallDisk;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreBusyException;
import letopis.store.StoreException;
import letopis.store.StoreFullException;
import letopis.store.StoreUnusableException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store keeps to when the disk of its server is full, and when there is room again. */
public interface DiskFullContract extends SqlTrial {
    int WRITERS = 3;
    int EVENT_BYTES = 100_000;
    long WIDE = 4L << 30;

    /** A server of the trial's own, with all its files in this directory. */
    DatabaseServer launchIn(Path directory);

    /** With little room it is the server's log that finds none, with more of it a table may come first. */
    @ParameterizedTest
    @ValueSource(ints = {6, 60})
    @SuppressWarnings("SystemOut") // how the server behaved is worth knowing
    default void fullDiskLosesNothingAndWritingGoesOnOnceThereIsRoom(int megabytes) throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofSeconds(5));
        try (SmallDisk disk = mount();
                DatabaseServer server = launchIn(disk.directory().resolve("server"));
                HikariDataSource pool = SqlTrial.pool(server.createDatabase(), 8);
                SqlEventStore store = open(pool, options);
                Subscription subscription = store.subscribe(Query.all(), 0);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.append(SqlTrial.append("a-1"));
            disk.resize(disk.used() + ((long) megabytes << 20));

            var writers = new Writers(store);
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String stream = "a-" + i;
                writing.add(threads.submit(() -> {
                    writers.writeUntilRefused(stream);
                    return stream;
                }));
            }
            for (Future<?> one : writing) {
                one.get(4, TimeUnit.MINUTES);
            }
            System.out.println("disk full after " + megabytes + " MiB on " + store.description() + ": "
                    + writers.acknowledged.size()
                    + " appends acknowledged, then " + new TreeSet<>(writers.refusals));

            disk.resize(WIDE);
            if (!answers(server)) {
                server.kill(); // it went down, or is going, as servers do without room for their logs
                server.start();
            }
            for (Append append : List.copyOf(writers.open)) {
                writers.writeOnceThereIsRoom(append);
            }
            List<UUID> stored = SqlTrial.all(store).stream().map(RecordedEvent::id).toList();
            assertThat(stored).doesNotHaveDuplicates().containsAll(writers.acknowledged);
            assertThat(new HashSet<>(stored)).as("one more, from the beginning")
                    .hasSize(writers.acknowledged.size() + 1);
            List<UUID> delivered = new ArrayList<>();
            while (subscription.position() < store.head()) {
                if (subscription.next() instanceof Signal.Delivered it) {
                    delivered.add(it.event().id());
                }
            }
            assertThat(delivered).isEqualTo(stored);
        }
    }

    private static boolean answers(DatabaseServer server) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (ProcessHandle.of(server.pid()).map(ProcessHandle::isAlive).orElse(false)
                && System.nanoTime() < deadline) {
            try {
                SqlTrial.execute(server.dataSource(), "select 1");
                return true;
            } catch (SQLException _) {
                Thread.sleep(100);
            }
        }
        return false;
    }

    @SuppressWarnings("SystemOut") // what was not tried must show
    private static SmallDisk mount() {
        Optional<SmallDisk> disk = SmallDisk.mount(WIDE);
        if (disk.isEmpty()) {
            String missing = "NOT TESTED: SQL stores on a full disk. This process may not mount a file system; run it as root.";
            System.err.println(missing);
            assertThat(System.getenv("LETOPIS_TEST_REQUIRE_MOUNTS")).as(missing).isNull();
            Assumptions.abort(missing);
        }
        return disk.orElseThrow();
    }

    /** Writes much, and remembers what was acknowledged. */
    final class Writers {
        final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
        final ConcurrentLinkedQueue<Append> open = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
        private final SqlEventStore store;
        private final CountDownLatch allRefused = new CountDownLatch(WRITERS);

        Writers(SqlEventStore store) {
            this.store = store;
        }

        /** Goes on until every writer was refused, so that each sees the full disk. */
        void writeUntilRefused(String stream) throws InterruptedException {
            Random random = new Random();
            byte[] data = new byte[EVENT_BYTES];
            boolean refused = false;
            while (!allRefused.await(0, TimeUnit.SECONDS)) {
                random.nextBytes(data); // that no server can make smaller
                Append append = Append.to(stream)
                        .of(new Event(UUID.randomUUID(), "Filled", "application/octet-stream", Bytes.of(data),
                                Bytes.empty(), Set.of()));
                if (!write(append)) {
                    open.add(append);
                    if (!refused) {
                        refused = true;
                        allRefused.countDown();
                    }
                }
            }
        }

        private boolean write(Append append) {
            try {
                store.append(append);
                acknowledged.add(append.entries().getFirst().event().id());
                return true;
            } catch (StoreException e) {
                assertThat(e).isInstanceOfAny(StoreFullException.class, OutcomeUnknownException.class,
                        StoreBusyException.class, StoreUnusableException.class);
                if (e instanceof StoreUnusableException) { // only because the server went down
                    assertThat(e).hasMessageContaining("did not answer");
                }
                refusals.add(e.getClass().getSimpleName() + " (" + e.getMessage() + ")");
                return false;
            }
        }

        void writeOnceThereIsRoom(Append append) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (!write(append)) {
                assertThat(System.nanoTime()).as("time to wait, after " + refusals).isLessThan(deadline);
                Thread.sleep(200);
            }
        }
    }
}
