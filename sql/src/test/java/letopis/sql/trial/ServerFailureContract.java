package letopis.sql.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.CuttableProxy;
import letopis.servers.DatabaseServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StoreException;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a store keeps to when its server dies or its connections break, on real servers. */
public interface ServerFailureContract extends SqlTrial {
    int ROUNDS = Integer.getInteger("letopis.failure.rounds", 2);

    @Test
    default void killedServerLosesAndDoublesNothingAndItsSubscribersGoOn() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofMinutes(2));
        try (DatabaseServer server = launch();
                HikariDataSource pool = SqlTrial.pool(server.createDatabase(), 10);
                SqlEventStore store = open(pool, options);
                Subscription subscription = store.subscribe(Query.all(), 0)) {
            Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
            Set<UUID> sent = ConcurrentHashMap.newKeySet();
            var writing = new AtomicBoolean(true);
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String stream = "a-" + i;
                writers.add(Thread.ofPlatform().daemon().start(() -> {
                    while (writing.get()) {
                        Append append = SqlTrial.append(stream);
                        UUID id = append.entries().getFirst().event().id();
                        sent.add(id);
                        store.append(append);
                        acknowledged.add(id);
                    }
                }));
            }
            for (int round = 0; round < ROUNDS; round++) {
                int before = acknowledged.size();
                await(() -> acknowledged.size() > before + 20);
                server.kill();
                Thread.sleep(200); // the server stays away for a while
                server.start();
            }
            int before = acknowledged.size();
            await(() -> acknowledged.size() > before + 20);
            writing.set(false);
            for (Thread writer : writers) {
                writer.join();
            }
            List<UUID> stored = SqlTrial.all(store).stream().map(RecordedEvent::id).toList();
            assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(sent).containsAll(new HashSet<>(stored));
            assertThat(acknowledged).as("appends that were not answered").hasSize(sent.size());
            List<UUID> delivered = new ArrayList<>();
            while (subscription.position() < store.head()) {
                if (subscription.next() instanceof Signal.Delivered it) {
                    delivered.add(it.event().id());
                }
            }
            assertThat(delivered).isEqualTo(stored);
        }
    }

    @Test
    default void connectionCutInTheMiddleOfAnAppendIsSettled() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofMinutes(1)).withoutPush();
        var random = new Random();
        try (CuttableProxy proxy = new CuttableProxy(port());
                HikariDataSource pool = SqlTrial.pool(url(proxy.port()), 6);
                HikariDataSource direct = SqlTrial.pool(url(), 4);
                SqlEventStore store = open(pool, options);
                SqlEventStore other = open(direct, options)) {
            Set<UUID> ids = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                if (i % 2 == 0) {
                    proxy.cutAfterBytesFromServer(random.nextInt(60)); // the commit happened, the answer is lost
                } else {
                    proxy.cutAfterBytesToServer(random.nextInt(1_500));
                }
                Append append = Append.to("a-1").of(SqlTrial.event("X", "t:" + i));
                ids.add(append.entries().getFirst().event().id());
                assertThat(store.append(append).revision("a-1")).as("cut %d", i).isEqualTo(i);
            }
            assertThat(SqlTrial.all(other)).extracting(RecordedEvent::id)
                    .hasSize(40)
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    default void whenPatienceEndsTheOutcomeIsUnknownAndARetrySettlesIt() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofSeconds(2)).withoutPush();
        try (CuttableProxy proxy = new CuttableProxy(port());
                HikariDataSource pool = SqlTrial.pool(url(proxy.port()), 6);
                SqlEventStore store = open(pool, options)) {
            store.append(SqlTrial.append("a-1"));
            Append append = SqlTrial.append("a-1");
            proxy.mute(true);
            proxy.refuse(true);
            assertThatThrownBy(() -> store.append(append)).isInstanceOf(StoreException.class)
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(store.health().complaint().orElse("nothing")).contains("does not answer");

            proxy.mute(false);
            proxy.refuse(false);
            proxy.cut();
            assertThat(store.append(append).revision("a-1")).isEqualTo(1);
            assertThat(SqlTrial.all(store)).hasSize(2);
        }
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to wait").isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
