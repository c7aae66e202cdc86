package letopis.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreClosedException;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does when it is closed, and when it is opened again. */
public interface LifecycleContract extends StoreContract {
    @Test
    default void storeTellsWhatItCanDo(Trial trial) {
        assertThat(trial.store().capabilities()).isEqualTo(trial.fixture().capabilities()).contains(Capability.APPEND);
    }

    @Test
    default void closedStoreSaysSo(Trial trial) {
        trial.append("a-1", event());
        EventStore store = trial.store();
        trial.closeStore();

        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("append", () -> store.append(Append.to("a-1").of(event())));
        calls.put("read", () -> store.read(Read.all()).toList());
        calls.put("subscribe", () -> store.subscribe(Query.all(), 0));
        calls.put("head", store::head);
        calls.put("stream", () -> store.stream("a-1"));
        calls.put("streams", () -> store.streams("", "", 1));
        calls.put("types", store::types);
        if (trial.has(Capability.FORGET)) {
            calls.put("forget", () -> store.forget(Forget.delete("a-1")));
        }
        calls.forEach((name, call) -> assertThatThrownBy(call).as("%s on a closed store", name)
                .isInstanceOf(StoreClosedException.class));
    }

    @Test
    default void closingTwiceDoesNothing(Trial trial) {
        EventStore store = trial.store();
        store.append(Append.to("a-1").of(event()));
        store.close();
        store.close();
        assertThatThrownBy(store::head).isInstanceOf(StoreClosedException.class);
    }

    @Test
    default void closingTheStoreEndsItsReadings(Trial trial) {
        for (int i = 0; i < 3; i++) {
            trial.append("a-1", events(1_000));
        }
        List<Reading> readings = new ArrayList<>(List.of(trial.store().read(Read.all()),
                trial.store().read(Read.all().backwards()), trial.store().read(Read.stream("a-1"))));
        readings.forEach(Reading::next);
        trial.closeStore();

        assertThat(readings).allSatisfy(reading -> assertThatThrownBy(reading::toList)
                .isInstanceOf(StoreClosedException.class));
        readings.forEach(Reading::close);
    }

    @Test
    default void whatWasAppendedIsThereAgainWhenTheStoreIsOpenedAgain(Trial trial) {
        for (int i = 0; i < 60; i++) {
            trial.append("a-" + i % 7, event(i % 2 == 0 ? "Even" : "Odd", "n:" + i, "third:" + i % 3), event("Second"));
            trial.clock().step(Duration.ofMillis(i % 5));
        }
        List<RecordedEvent> all = trial.readAll();
        List<StreamInfo> streams = trial.store().streams("", "", 100);
        List<TypeInfo> types = trial.store().types();
        long head = trial.store().head();
        for (int i = 0; i < 3; i++) {
            trial.reopen();
            if (!trial.has(Capability.DURABLE)) {
                assertThat(trial.readAll()).isEmpty();
                assertThat(trial.store().head()).isZero();
                return;
            }
            assertThat(trial.store().head()).isEqualTo(head);
            assertThat(trial.readAll()).isEqualTo(all);
            assertThat(trial.store().streams("", "", 100)).isEqualTo(streams);
            assertThat(trial.store().types()).isEqualTo(types);
            for (Query query : List.of(Query.stream("a-3"), Query.type("Odd"), Query.tag("third:1"),
                    Query.category("a").withTypes("Second"), Query.tag("third:2").or(Query.tag("n:0")))) {
                assertThat(trial.read(query)).isEqualTo(all.stream().filter(query::matches).toList()).isNotEmpty();
            }
        }
    }

    @Test
    default void positionsAndRevisionsGoOnWhenTheStoreIsOpenedAgain(Trial trial) throws Exception {
        for (int i = 0; i < 5; i++) {
            long head = trial.store().head();
            Append next = i == 0 || !trial.has(Capability.DURABLE)
                    ? Append.to("a-1").expectingNoStream().of(event("X", "t"))
                    : Append.to("a-1").expectingRevision(i - 1).of(event("X", "t"));
            Appended appended = trial.store().append(next);

            assertThat(appended.position()).isGreaterThan(head);
            assertThat(appended.revision("a-1")).isEqualTo(trial.has(Capability.DURABLE) ? i : 0);
            if (trial.has(Capability.GAPLESS_POSITIONS)) {
                assertThat(appended.position()).isEqualTo(head + 1);
            }
            assertThat(Subscriber.catchUp(trial.store(), Query.tag("t"), head)).hasSize(1);
            trial.reopen();
        }
    }

    @Test
    default void emptyStoreCanBeClosedAndOpenedAgain(Trial trial) {
        assertThat(trial.store().head()).isZero();
        trial.reopen();
        assertThat(trial.store().head()).isZero();
        trial.append("a-1", event());
        assertThat(trial.readAll()).hasSize(1);
    }
}
