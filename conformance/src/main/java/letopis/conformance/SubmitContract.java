package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.InvalidNameException;
import letopis.store.Query;
import letopis.store.StoreClosedException;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static letopis.conformance.Events.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does with appends that are not waited for. */
public interface SubmitContract extends StoreContract {
    @Test
    default void submittedAppendIsAnsweredAsAnAppendIs(Trial trial) throws Exception {
        Appended first = trial.append("order-17", events(2));
        Appended second = trial.store()
                .submit(Append.to("order-17").expectingRevision(1).of(events(2)))
                .get(30,
                        TimeUnit.SECONDS);

        assertThat(second.firstPosition()).isGreaterThan(first.position());
        assertThat(second.revision("order-17")).isEqualTo(3);
        assertThat(trial.store().head()).isEqualTo(second.position());
        assertThat(trial.readAll()).hasSize(4);
    }

    @Test
    default void appendsOfOneThreadAreWrittenInTheOrderOfItsCalls(Trial trial) {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Append append = i == 0
                    ? Append.to("order-17").expectingNoStream().of(event())
                    : Append.to("order-17").expectingRevision(i - 1).of(event());
            ids.addAll(ids(append));
            answers.add(trial.store().submit(append));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join().revision("order-17")).isEqualTo(i);
        }
        assertThat(ids(trial.readAll())).isEqualTo(ids);
    }

    @Test
    default void submittedAppendSeesThoseBeforeItThatAreUnderWay(Trial trial) {
        for (int round = 0; round < 50; round++) {
            Append create = Append.to("order-" + round).expectingNoStream().of(event());
            CompletableFuture<Appended> first = trial.store().submit(create);
            CompletableFuture<Appended> second = trial.store().submit(create.withNewIds());

            assertThat(first.join().revision("order-" + round)).isZero();
            assertThat(failure(second)).isInstanceOf(ConditionFailedException.class);
        }
        assertThat(trial.readAll()).hasSize(50);
    }

    @Test
    default void submittedConditionOverAQuerySeesThoseBeforeItThatAreUnderWay(Trial trial) {
        Append probe = Append.to("name-0").of(event()).failIfEventsMatch(Query.tag("missing"));
        if (trial.lacks(Capability.QUERY_CONDITIONS, () -> trial.store().append(probe))) {
            return;
        }
        for (int round = 0; round < 50; round++) {
            Append claim = Append.to("name-" + round)
                    .of(event("Claimed", "name:" + round))
                    .failIfEventsMatch(Query.tag("name:" + round));
            CompletableFuture<Appended> first = trial.store().submit(claim);
            CompletableFuture<Appended> other = trial.store().submit(Append.to("other-1").of(event()));
            CompletableFuture<Appended> second = trial.store().submit(claim.withNewIds());

            Appended claimed = first.join();
            other.join();
            Event winner = claim.entries().getFirst().event();
            assertThat(failure(second)).isInstanceOfSatisfying(ConditionFailedException.class,
                    failed -> assertThat(failed.event()).hasValueSatisfying(it -> {
                        assertThat(it.position()).isEqualTo(claimed.position());
                        assertThat(it.event()).isEqualTo(winner);
                    }));
        }
    }

    @Test
    default void futureFailsWithTheStoresErrorItself(Trial trial) {
        trial.append("order-17", event());
        Append refused = Append.to("order-17").expectingNoStream().of(event());

        assertThat(failure(trial.store().submit(refused))).isInstanceOf(ConditionFailedException.class);
        assertThatThrownBy(() -> trial.store().submit(refused).join()).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConditionFailedException.class);
        assertThat(failure(trial.store().submit(Append.to("").of(event())))).isInstanceOf(InvalidNameException.class);
    }

    @Test
    default void appendWithoutAMeaningIsRefusedAtTheCall(Trial trial) {
        Event event = event();

        assertThatThrownBy(() -> trial.store().submit(Append.to("order-17").of(event, event)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void refusedAppendDisturbsNoneOfThoseAroundIt(Trial trial) {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(trial.store()
                    .submit(i % 2 == 0
                            ? Append.to("order-17").of(events(2))
                            : Append.to("order-17").expectingRevision(100_000).of(events(2))));
        }
        for (int i = 0; i < answers.size(); i++) {
            if (i % 2 == 0) {
                assertThat(answers.get(i).join().revision("order-17")).isEqualTo(i + 1);
            } else {
                assertThat(failure(answers.get(i))).isInstanceOf(ConditionFailedException.class);
            }
        }
        assertThat(trial.readAll()).hasSize(200);
    }

    @Test
    default void cancellingTheFutureDoesNotTakeTheAppendBack(Trial trial) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Append append = Append.to("order-17").of(event());
            ids.addAll(ids(append));
            trial.store().submit(append).cancel(true);
        }
        trial.append("order-17", event());

        assertThat(ids(trial.readAll()).subList(0, 20)).isEqualTo(ids);
    }

    @Test
    default void submittedAppendIsVisibleWhenItIsAnswered(Trial trial) {
        for (int i = 0; i < 50; i++) {
            int count = i + 1;
            assertThat(trial.store()
                    .submit(Append.to("order-17").of(event()))
                    .thenApply(_ -> count)
                    .join()).isEqualTo(count);
            assertThat(trial.readAll()).hasSize(count);
        }
    }

    @Test
    default void acceptedAppendsAreAnsweredBeforeTheStoreIsClosed(Trial trial) {
        EventStore store = trial.store();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(store.submit(Append.to("order-17").of(event())));
        }
        trial.closeStore();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isDone().isNotCompletedExceptionally());
        assertThat(failure(store.submit(Append.to("order-17").of(event())))).isInstanceOf(StoreClosedException.class);
        assertThat(trial.read(Query.stream("order-17"))).hasSize(trial.has(Capability.DURABLE) ? 300 : 0);
    }

    private static Throwable failure(CompletableFuture<Appended> answer) {
        return answer.handle((appended, failure) -> failure == null
                ? new AssertionError("the append was not refused but answered with " + appended)
                : failure).orTimeout(30, TimeUnit.SECONDS).join();
    }
}
