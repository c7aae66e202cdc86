package letopis.conformance;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.caused;
import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every store does with the conditions of an append on streams. */
public interface AppendConditionContract extends StoreContract {
    @Test
    default void ofTwoAppendsThatExcludeEachOtherExactlyOneSucceeds(Trial trial) {
        Append create = Append.to("order-17").expectingNoStream().of(event("OrderCreated"));
        trial.store().append(create.withNewIds());

        refused(trial, create.withNewIds());

        assertThat(trial.read(Query.stream("order-17"))).hasSize(1);
    }

    @Test
    default void noStreamHoldsForEachNewStream(Trial trial) {
        for (int i = 0; i < 5; i++) {
            trial.store().append(Append.to("order-" + i).expectingNoStream().of(event()));
        }
        assertThat(trial.readAll()).hasSize(5);
    }

    @Test
    default void existingStreamIsExpectedOnceItHasAnEvent(Trial trial) {
        refused(trial, Append.to("order-17").expectingStream().of(event()));
        trial.append("order-17", event());

        trial.store().append(Append.to("order-17").expectingStream().of(event()));

        assertThat(trial.read(Query.stream("order-17"))).hasSize(2);
    }

    @Test
    default void expectedRevisionIsThatOfTheLastEventAndNoOther(Trial trial) {
        refused(trial, Append.to("order-17").expectingRevision(0).of(event()));
        trial.append("order-17", events(3));

        refused(trial, Append.to("order-17").expectingRevision(0).of(event()));
        refused(trial, Append.to("order-17").expectingRevision(1).of(event()));
        refused(trial, Append.to("order-17").expectingRevision(3).of(event()));
        refused(trial, Append.to("order-17").expectingRevision(Long.MAX_VALUE).of(event()));
        trial.store().append(Append.to("order-17").expectingRevision(2).of(event()));
        refused(trial, Append.to("order-17").expectingRevision(2).of(event()));

        assertThat(trial.store().append(Append.to("order-17").expectingRevision(3).of(events(2))).revision("order-17"))
                .isEqualTo(5);
    }

    @Test
    default void conditionMayBeOnAStreamThatIsNotWrittenTo(Trial trial) {
        trial.append("customer-7", event());

        trial.store()
                .append(Append.to("order-17").of(event()).onlyIf(new Condition.StreamAt("customer-7", 0)));
        refused(trial, Append.to("order-17").of(event()).onlyIf(new Condition.StreamAt("customer-7", 1)));
        refused(trial, Append.to("order-17").of(event()).onlyIf(new Condition.NoStream("customer-7")));
        refused(trial, Append.to("order-17").of(event()).onlyIf(new Condition.StreamExists("customer-8")));

        assertThat(trial.read(Query.stream("order-17"))).hasSize(1);
        assertThat(trial.store().stream("customer-8")).isEmpty();
    }

    @Test
    default void everyConditionOfSeveralMustHold(Trial trial) {
        trial.append("a-1", events(2));
        trial.append("b-1", events(3));
        Append append = Append.to("c-1").of(event());

        refused(trial, append.onlyIf(new Condition.StreamAt("a-1", 0)).onlyIf(new Condition.StreamAt("b-1", 2)));
        refused(trial, append.onlyIf(new Condition.StreamAt("a-1", 1)).onlyIf(new Condition.StreamAt("b-1", 1)));
        refused(trial, append.onlyIf(new Condition.StreamAt("a-1", 1))
                .onlyIf(new Condition.StreamAt("b-1", 2))
                .onlyIf(new Condition.StreamExists("c-1")));
        trial.store()
                .append(append.onlyIf(new Condition.StreamAt("a-1", 1))
                        .onlyIf(new Condition.StreamAt("b-1", 2))
                        .onlyIf(new Condition.NoStream("c-1")));

        assertThat(trial.read(Query.stream("c-1"))).hasSize(1);
    }

    @Test
    default void revisionsOfSeveralStreamsAreExpectedTogether(Trial trial) {
        trial.append("account-a", events(2));
        trial.append("account-b", events(3));
        Append late = Append.to("account-a")
                .expectingRevision(1)
                .of(event())
                .andTo("account-b")
                .expectingRevision(1)
                .of(event());
        if (trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(late))) {
            return;
        }
        refused(trial, late);

        trial.store()
                .append(Append.to("account-a")
                        .expectingRevision(1)
                        .of(event())
                        .andTo("account-b")
                        .expectingRevision(2)
                        .of(event()));

        assertThat(trial.read(Query.stream("account-a"))).hasSize(3);
        assertThat(trial.read(Query.stream("account-b"))).hasSize(4);
    }

    @Test
    default void conditionSeesNothingOfItsOwnAppend(Trial trial) {
        trial.store().append(Append.to("order-17").of(events(2)).onlyIf(new Condition.NoStream("order-17")));

        refused(trial, Append.to("order-18").of(event()).onlyIf(new Condition.StreamExists("order-18")));
        refused(trial, Append.to("order-17").of(event()).onlyIf(new Condition.StreamAt("order-17", 2)));
    }

    @Test
    default void failedConditionOnAStreamTellsWhatWasExpectedAndWhatIsThere(Trial trial) {
        trial.append("order-17", events(6));
        RecordedEvent last = trial.appendOne("order-17", caused("OrderShipped", "alice", "ship-order"));
        trial.append("order-18", event());

        ConditionFailedException failed = refused(trial,
                Append.to("order-17").expectingRevision(4).of(event()));

        assertThat(failed.condition()).isEqualTo(new Condition.StreamAt("order-17", 4));
        assertThat(failed.found()).isEqualTo(trial.store().stream("order-17")).isPresent();
        assertThat(failed.found().get().lastRevision()).isEqualTo(6);
        assertThat(failed.event()).contains(last);
        assertThat(failed.item()).isEmpty();
        assertThat(failed.actor()).contains("alice");
        assertThat(failed.command()).contains("ship-order");
        assertThat(failed).hasMessageContaining("order-17")
                .hasMessageContaining("4")
                .hasMessageContaining("6")
                .hasMessageContaining("alice")
                .hasMessageContaining("ship-order");
    }

    @Test
    default void failedConditionOnAMissingStreamFindsNothing(Trial trial) {
        trial.append("order-18", event());

        ConditionFailedException failed = refused(trial, Append.to("order-17").expectingRevision(4).of(event()));

        assertThat(failed.condition()).isEqualTo(new Condition.StreamAt("order-17", 4));
        assertThat(failed.found()).isEmpty();
        assertThat(failed.event()).isEmpty();
        assertThat(failed.actor()).isEmpty();
    }

    @Test
    default void failedConditionOfSeveralIsTheOneThatDoesNotHold(Trial trial) {
        trial.append("a-1", event());
        trial.append("b-1", event());

        ConditionFailedException failed = refused(trial, Append.to("c-1")
                .of(event())
                .onlyIf(new Condition.StreamAt("a-1", 0))
                .onlyIf(new Condition.NoStream("b-1"))
                .onlyIf(new Condition.NoStream("c-1")));

        assertThat(failed.condition()).isEqualTo(new Condition.NoStream("b-1"));
    }

    @Test
    default void storeWorksOnAfterManyRefusals(Trial trial) {
        trial.append("order-17", event());
        for (int i = 0; i < 200; i++) {
            Append refused = Append.to("order-17").expectingNoStream().of(event());
            assertThatThrownBy(() -> trial.store().append(refused)).isInstanceOf(ConditionFailedException.class);
        }
        assertThat(trial.append("order-17", event()).revision("order-17")).isEqualTo(1);
    }

    /** Tries that the append is refused by a condition and writes nothing. */
    private static ConditionFailedException refused(Trial trial, Append append) {
        long head = trial.store().head();
        ConditionFailedException failed = catchThrowableOfType(ConditionFailedException.class,
                () -> trial.store().append(append));
        assertThat(failed).as("refusal of an append under %s", append.conditions()).isNotNull();
        assertThat(append.conditions()).contains(failed.condition());
        assertThat(trial.store().head()).as("head after the refusal").isEqualTo(head);
        return failed;
    }
}
