package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Event;
import letopis.store.EventIdTakenException;
import letopis.store.Forget;
import letopis.store.Query;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every store does with an append that is sent again. */
public interface IdempotentRetryContract extends StoreContract {
    @Test
    default void retryGetsTheSameAnswerAndIsWrittenOnce(Trial trial) {
        trial.append("other-1", event());
        Append append = Append.to("order-17").of(events(3));
        Appended first = trial.store().append(append);

        again(trial, append, first);
        trial.append("order-17", events(2));
        trial.append("other-1", event());
        again(trial, append, first);
    }

    @Test
    default void retryToSeveralStreamsGetsTheSameAnswer(Trial trial) {
        trial.append("b-1", events(2));
        Append append = Append.to("a-1").of(event()).andTo("b-1").of(event()).andTo("a-1").of(event());
        if (trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(append))) {
            return;
        }
        Appended first = trial.store().append(append);
        trial.append("a-1", event());
        trial.append("b-1", event());

        again(trial, append, first);
    }

    @Test
    default void retrySucceedsWhateverItsConditionOnAStreamSaysNow(Trial trial) {
        Append create = Append.to("order-17").expectingNoStream().of(event());
        Appended created = trial.store().append(create);
        Append ship = Append.to("order-17").expectingRevision(0).of(event());
        Appended shipped = trial.store().append(ship);

        again(trial, create, created);
        again(trial, ship, shipped);
    }

    @Test
    default void retrySucceedsWhateverItsConditionOverAQuerySaysNow(Trial trial) {
        Append claim = Append.to("name-a").of(event("Claimed", "name:a")).failIfEventsMatch(Query.tag("name:a"));
        if (trial.lacks(Capability.QUERY_CONDITIONS, () -> trial.store().append(claim))) {
            return;
        }
        Appended claimed = trial.store().append(claim);

        again(trial, claim, claimed);
        trial.append("name-b", event("Claimed", "name:a"));
        again(trial, claim, claimed);
    }

    @Test
    default void retryAfterReopeningGetsTheSameAnswer(Trial trial) {
        Append create = Append.to("order-17").expectingNoStream().of(events(2));
        Append more = Append.to("order-17").expectingRevision(1).of(events(2));
        Appended created = trial.store().append(create);
        Appended added = trial.store().append(more);
        trial.reopen();
        if (!trial.has(Capability.DURABLE)) {
            assertThat(trial.store().append(create)).isEqualTo(created); // anew: the store is empty
            assertThat(trial.readAll()).hasSize(2);
            return;
        }
        again(trial, create, created);
        again(trial, more, added);
        trial.append("order-17", event());
        trial.reopen();
        again(trial, create, created);
    }

    @Test
    default void retryWithAFurtherEventIsRefused(Trial trial) {
        Event known = event();
        Event alsoKnown = event();
        Appended there = trial.append("order-17", known, alsoKnown);

        EventIdTakenException taken = refused(trial, Append.to("order-17").of(known, alsoKnown, event()));
        assertThat(taken.id()).isEqualTo(known.id());
        assertThat(taken.position()).isEqualTo(there.firstPosition());
        assertThat(taken).hasMessageContaining(known.id().toString());
        refused(trial, Append.to("order-17").of(event(), known, alsoKnown));
        EventIdTakenException second = refused(trial, Append.to("order-17").of(event(), alsoKnown, event()));
        assertThat(second.id()).isEqualTo(alsoKnown.id());
        assertThat(second.position()).isEqualTo(there.position());
    }

    @Test
    default void partialRetryLeavesNothing(Trial trial) {
        Event known = event();
        trial.append("order-17", known);
        Event fresh = event("Fresh");

        refused(trial, Append.to("order-17").of(known, fresh));

        assertThat(trial.readAll()).hasSize(1);
        assertThat(trial.read(Query.type("Fresh"))).isEmpty();
        assertThat(trial.append("order-17", fresh).revision("order-17")).isEqualTo(1);
    }

    @Test
    default void retryInAnotherOrderIsRefused(Trial trial) {
        Event one = event();
        Event two = event();
        Event three = event();
        trial.append("order-17", one, two, three);

        refused(trial, Append.to("order-17").of(two, one, three));
        refused(trial, Append.to("order-17").of(one, three, two));
        refused(trial, Append.to("order-17").of(three, two, one));
    }

    @Test
    default void retryToAnotherStreamIsRefused(Trial trial) {
        Event one = event();
        Event two = event();
        trial.append("order-17", one, two);

        refused(trial, Append.to("order-18").of(one, two));
        assertThat(trial.store().stream("order-18")).isEmpty();
        Append split = Append.to("order-17").of(one).andTo("order-18").of(two);
        if (trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(split))) {
            return;
        }
        refused(trial, split);
    }

    @Test
    default void eventsOfOneAppendOrOfSeveralAreRecognisedByTheirIdsAlone(Trial trial) {
        Event one = event();
        Event two = event();
        Event three = event();
        Appended first = trial.append("order-17", one, two);
        Appended second = trial.append("order-17", three);

        assertThat(trial.append("order-17", one)).isEqualTo(
                new Appended(first.firstPosition(), first.firstPosition(), Map.of("order-17", 0L)));
        assertThat(trial.append("order-17", two, three)).isEqualTo(
                new Appended(first.position(), second.position(), Map.of("order-17", 2L)));
        assertThat(trial.readAll()).hasSize(3);
    }

    @Test
    default void sameEventsWithNewIdsAreAnotherAppend(Trial trial) {
        Append append = Append.to("order-17").of(events(2));
        trial.store().append(append);

        Appended second = trial.store().append(append.withNewIds());

        assertThat(second.revision("order-17")).isEqualTo(3);
        assertThat(trial.readAll()).hasSize(4);
    }

    @Test
    default void retryThatOvertakesItsAnswerIsWrittenOnce(Trial trial) {
        for (int round = 0; round < 50; round++) {
            Append append = Append.to("order-" + round).expectingNoStream().of(events(2));
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(trial.store().submit(append));
            }
            Appended first = answers.getFirst().join();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(first));
            assertThat(trial.read(Query.stream("order-" + round))).hasSize(2);
        }
    }

    @Test
    default void partialRetryThatOvertakesTheAnswerIsRefused(Trial trial) {
        for (int round = 0; round < 20; round++) {
            Event one = event();
            Event two = event();
            CompletableFuture<Appended> whole = trial.store().submit(Append.to("order-17").of(one));
            CompletableFuture<Appended> partial = trial.store().submit(Append.to("order-17").of(one, two));

            whole.join();
            assertThat(partial.handle((appended, failure) -> failure).join())
                    .isInstanceOf(EventIdTakenException.class);
        }
        assertThat(trial.readAll()).hasSize(20);
    }

    @Test
    default void sameAppendFromManyThreadsIsWrittenOnce(Trial trial) throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            Append append = Append.to("order-" + round).expectingNoStream().of(events(3));
            Set<Appended> answers = ConcurrentHashMap.newKeySet();

            Together.run(4, thread -> answers.add(trial.store().append(append)));

            assertThat(answers).hasSize(1);
            assertThat(trial.read(Query.stream("order-" + round))).hasSize(3);
        }
    }

    @Test
    default void retryOfForgottenEventsGetsTheSameAnswer(Trial trial) {
        Append append = Append.to("order-17").of(events(3));
        Appended first = trial.store().append(append);
        if (trial.lacks(Capability.FORGET, () -> trial.store().forget(Forget.before("order-17", 2)))) {
            return;
        }
        trial.store().forget(Forget.before("order-17", 2));
        again(trial, append, first);
        trial.store().forget(Forget.delete("order-17"));
        again(trial, append, first);
        trial.store().forget(Forget.tombstone("order-17"));
        again(trial, append, first);
        assertThat(trial.readAll()).isEmpty();
    }

    /** Tries that the same append gets the same answer and writes nothing. */
    private static void again(Trial trial, Append append, Appended expected) {
        var before = trial.readAll();
        long head = trial.store().head();
        assertThat(trial.store().append(append)).as("answer to the retry").isEqualTo(expected);
        assertThat(trial.store().submit(append).join()).as("answer to the submitted retry").isEqualTo(expected);
        assertThat(trial.store().head()).as("head after the retry").isEqualTo(head);
        assertThat(trial.readAll()).as("events after the retry").isEqualTo(before);
    }

    private static EventIdTakenException refused(Trial trial, Append append) {
        long head = trial.store().head();
        EventIdTakenException taken = catchThrowableOfType(EventIdTakenException.class,
                () -> trial.store().append(append));
        assertThat(taken).as("refusal of a partial retry").isNotNull();
        assertThat(trial.store().head()).as("head after the refusal").isEqualTo(head);
        return taken;
    }
}
