package letopis.conformance;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.NotSupportedException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a store keeps to that can be opened read-only beside the one that writes it: it sees whole appends and follows them.
 * Not part of {@link WholeContract}.
 */
public interface ReadOnlyContract extends StoreContract {
    @Test
    default void readOnlyStoreSeesWhatIsThere(Trial trial) {
        trial.append("a-1", events(5, "X", "t"));
        trial.append("b-1", events(2));
        try (EventStore reader = trial.fixture().openReadOnly()) {
            assertThat(reader.head()).isEqualTo(trial.store().head());
            for (Query query : List.of(Query.all(), Query.stream("a-1"), Query.type("X"), Query.tag("t"),
                    Query.category("b"))) {
                assertThat(read(reader, query)).isEqualTo(trial.read(query)).isNotEmpty();
            }
            assertThat(reader.streams("", "", 10)).isEqualTo(trial.store().streams("", "", 10));
            assertThat(reader.types()).isEqualTo(trial.store().types());
        }
    }

    @Test
    default void readOnlyStoreFollowsTheWriter(Trial trial) throws InterruptedException {
        trial.append("a-1", event());
        try (EventStore reader = trial.fixture().openReadOnly();
                var subscriber = new Subscriber(reader, Query.all(), 0)) {
            subscriber.untilCaughtUp();
            for (int i = 0; i < 20; i++) {
                trial.append("a-" + i % 3, events(2));
                subscriber.untilDelivered(3 + 2 * i);
                assertThat(reader.head()).isEqualTo(trial.store().head());
            }
            assertThat(subscriber.delivered()).isEqualTo(trial.readAll());
            assertThat(read(reader, Query.all())).isEqualTo(trial.readAll());
        }
    }

    @Test
    default void readOnlyStoreSeesWholeAppends(Trial trial) throws InterruptedException {
        trial.append("a-1", events(3));
        var writing = new CountDownLatch(1);
        Together.run(_ -> {
            try {
                for (int i = 0; i < 100; i++) {
                    trial.append("a-1", events(3));
                }
            } finally {
                writing.countDown();
            }
        }, _ -> {
            try (EventStore reader = trial.fixture().openReadOnly()) {
                while (!writing.await(0, TimeUnit.MILLISECONDS)) {
                    List<RecordedEvent> seen = read(reader, Query.all());
                    assertThat(seen.size() % 3).as("events beyond whole appends among %d", seen.size()).isZero();
                    assertThat(Events.positions(seen)).isSorted().doesNotHaveDuplicates();
                }
            }
        });
    }

    @Test
    default void readOnlyStoreRefusesToWrite(Trial trial) {
        trial.append("a-1", event());
        try (EventStore reader = trial.fixture().openReadOnly()) {
            assertThat(reader.capabilities()).doesNotContain(Capability.APPEND);
            refuses(() -> reader.append(Append.to("a-1").of(event())));
            refuses(() -> reader.forget(Forget.delete("a-1")));
            Throwable submitted = reader.submit(Append.to("a-1").of(event())).handle((_, failure) -> failure).join();
            assertThat(submitted).isInstanceOf(NotSupportedException.class);
        }
        assertThat(trial.readAll()).hasSize(1);
        assertThat(trial.append("a-1", event()).revision("a-1")).isEqualTo(1);
    }

    @Test
    default void readOnlyStoreAndItsWriterAreClosedEachByItself(Trial trial) {
        trial.append("a-1", events(3));
        EventStore first = trial.fixture().openReadOnly();
        EventStore second = trial.fixture().openReadOnly();
        first.close();
        first.close();
        trial.append("a-1", event());
        trial.closeStore();

        assertThat(read(second, Query.all())).hasSizeGreaterThanOrEqualTo(3);
        second.close();
        assertThat(trial.store().head()).isEqualTo(trial.has(Capability.DURABLE) ? 4 : 0);
    }

    private static List<RecordedEvent> read(EventStore store, Query query) {
        try (Reading reading = store.read(Read.of(query))) {
            return reading.toList();
        }
    }

    private static void refuses(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotSupportedException.class);
    }
}
