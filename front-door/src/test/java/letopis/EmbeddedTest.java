package letopis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import letopis.model.Aggregates;
import letopis.model.EventTypes;
import letopis.model.Folded;
import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.model.projection.RunningProjection;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.StoreClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The model over the embedded store, in a directory that is closed and opened again. */
class EmbeddedTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    record Deposited(long cents) {}

    record Sum(long cents, long events) {}

    private static final FoldedProjection<Sum, Deposited> SUM = Projection
            .of("sum", 1, Query.category("account"), Deposited.class)
            .folding(new Sum(0, 0), (sum, it) -> new Sum(sum.cents() + it.event().cents(), sum.events() + 1));

    @TempDir
    private Path directory;

    private static Aggregates<Long, Deposited> accounts(Letopis letopis) {
        return letopis.aggregates("account", Deposited.class, 0L, (sum, it) -> sum + it.cents());
    }

    @Test
    void statesAreThereAgainAfterARestart() {
        try (Letopis letopis = Letopis.open(directory)) {
            accounts(letopis).handle("1", _ -> List.of(new Deposited(5)));
            accounts(letopis).handle("1", sum -> List.of(new Deposited(sum)));
        }
        try (Letopis letopis = Letopis.open(directory)) {
            assertThat(accounts(letopis).load("1").state()).isEqualTo(10);
            assertThat(accounts(letopis).load("1", Point.revision(0)).state()).isEqualTo(5);
            assertThat(accounts(letopis).handle("1", _ -> List.of(new Deposited(1))).state()).isEqualTo(11);
        }
    }

    @Test
    void aProjectionGoesOnFromItsCheckpointAfterARestart() throws InterruptedException {
        try (Letopis letopis = Letopis.open(directory)) {
            RunningProjection<Sum> sum = letopis.project(SUM);
            assertThat(sum.await(accounts(letopis).handle("1", _ -> List.of(new Deposited(5))).position(), SOON))
                    .isEqualTo(new Sum(5, 1));
        }
        assertThat(directory.resolve("projections/sum-v1.checkpoint")).exists();
        try (Letopis letopis = Letopis.open(directory)) {
            RunningProjection<Sum> sum = letopis.project(SUM);
            assertThat(sum.status().checkpoint()).isEqualTo(1);
            assertThat(sum.state()).isEqualTo(new Sum(5, 1));
            assertThat(sum.await(accounts(letopis).handle("2", _ -> List.of(new Deposited(6))).position(), SOON))
                    .isEqualTo(new Sum(11, 2));
        }
    }

    @Test
    void noUpdateIsLostAndTheProjectionSeesEachEventOnce() throws Exception {
        long threads = 32;
        long commands = 20;
        try (Letopis letopis = Letopis.open(directory)) {
            RunningProjection<Sum> sum = letopis.project(SUM);
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String account = i % 2 == 0 ? "busy" : "account-of-" + i;
                work.add(() -> {
                    long last = 0;
                    for (int n = 0; n < commands; n++) {
                        last = accounts(letopis).handle(account, _ -> List.of(new Deposited(1))).position();
                    }
                    return last;
                });
            }
            long head = 0;
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Long> each : executor.invokeAll(work)) {
                    head = Math.max(head, each.get());
                }
            }
            assertThat(accounts(letopis).load("busy").state()).isEqualTo(threads / 2 * commands);
            assertThat(sum.await(head, SOON)).isEqualTo(new Sum(threads * commands, threads * commands));
        }
    }

    @Test
    void ofDecisionsThatExcludeEachOtherOneSucceeds() throws Exception {
        EventTypes<Deposited> types = EventTypes.of(Deposited.class).tagged(_ -> Set.of("prize:1"));
        try (Letopis letopis = Letopis.open(directory)) {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String account = "account-" + i;
                work.add(() -> letopis.decisions(types)
                        .within(Query.tag("prize:1"), false, (_, _) -> true)
                        .handle(account,
                                won -> won ? List.of() : List.of(new Deposited(100)))
                        .position());
            }
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Long> each : executor.invokeAll(work)) {
                    each.get();
                }
            }
            Folded<Long> all = letopis.fold(Query.tag("prize:1"), Deposited.class, 0L, (sum, it) -> sum + it.cents());
            assertThat(all.state()).isEqualTo(100);
        }
    }

    @Test
    void closingClosesTheStore() {
        Letopis letopis = Letopis.open(directory);
        letopis.close();

        assertThatThrownBy(() -> accounts(letopis).load("1")).isInstanceOf(StoreClosedException.class);
    }
}
