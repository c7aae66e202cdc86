package letopis.conformance;

import java.util.List;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.Forget;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StreamInfo.State;
import letopis.store.StreamNotFoundException;
import letopis.store.StreamTombstonedException;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static letopis.conformance.Sight.STREAM;
import static letopis.conformance.Sight.happened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does when it is asked to truncate, delete or tombstone a stream. */
public interface ForgetContract extends StoreContract {
    @Test
    default void truncatedEventsDisappearFromEveryRead(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(6));
        trial.append("thing-2", events(3));
        Sight.shows(trial, 0, 1, 2, 3, 4, 5);

        trial.store().forget(Forget.before(STREAM, 0));
        Sight.shows(trial, 0, 1, 2, 3, 4, 5);
        trial.store().forget(Forget.before(STREAM, 1));
        Sight.shows(trial, 1, 2, 3, 4, 5);
        trial.store().forget(Forget.before(STREAM, 4));
        Sight.shows(trial, 4, 5);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 4, 5, 6);
        assertThat(trial.read(Query.stream("thing-2"))).hasSize(3);
    }

    @Test
    default void truncationNeverGoesBack(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(5));
        trial.store().forget(Forget.before(STREAM, 3));
        trial.store().forget(Forget.before(STREAM, 1));

        Sight.shows(trial, 3, 4);
    }

    @Test
    default void streamTruncatedWhollyStaysOpenAtItsLastRevision(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.before(STREAM, 3));

        Sight.shows(trial);
        assertThat(trial.store().stream(STREAM).orElseThrow().state()).isEqualTo(State.OPEN);
        refused(trial, Append.to(STREAM).expectingNoStream().of(happened(1)));
        refused(trial, Append.to(STREAM).expectingRevision(1).of(happened(1)));
        assertThat(trial.store().append(Append.to(STREAM).expectingStream().of(happened(1))).revision(STREAM))
                .isEqualTo(3);
        assertThat(trial.store().append(Append.to(STREAM).expectingRevision(3).of(happened(1))).revision(STREAM))
                .isEqualTo(4);
        Sight.shows(trial, 3, 4);
    }

    @Test
    default void failedConditionOnAStreamTruncatedWhollyHasNoEventToShow(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.before(STREAM, 3));

        assertThatThrownBy(() -> trial.store().append(Append.to(STREAM).expectingRevision(1).of(event())))
                .isInstanceOfSatisfying(ConditionFailedException.class, failed -> {
                    assertThat(failed.event()).isEmpty();
                    assertThat(failed.found()).isEqualTo(trial.store().stream(STREAM)).isPresent();
                });
    }

    @Test
    default void truncationBeyondTheEndIsRefused(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));

        assertThatThrownBy(() -> trial.store().forget(Forget.before(STREAM, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2");
        Sight.shows(trial, 0, 1, 2);
    }

    @Test
    default void positionsAndRevisionsOfWhatRemainsStayWhatTheyWere(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        for (int i = 0; i < 12; i++) {
            trial.append(i % 2 == 0 ? STREAM : "other-" + i % 3, event());
        }
        List<RecordedEvent> before = trial.readAll();
        long head = trial.store().head();
        trial.store().forget(Forget.before(STREAM, 3));

        assertThat(trial.readAll())
                .isEqualTo(before.stream().filter(it -> !it.stream().equals(STREAM) || it.revision() >= 3).toList());
        assertThat(trial.store().head()).isEqualTo(head);
        trial.store().forget(Forget.tombstone(STREAM));
        assertThat(trial.readAll()).isEqualTo(before.stream().filter(it -> !it.stream().equals(STREAM)).toList());
        assertThat(trial.store().head()).isEqualTo(head);
        assertThat(trial.append("new-1", event()).firstPosition()).isGreaterThan(head);
    }

    @Test
    default void deletedStreamIsGoneAndMayBeBegunAgain(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.delete(STREAM));

        Sight.shows(trial);
        assertThat(trial.store().stream(STREAM).orElseThrow().state()).isEqualTo(State.DELETED);
        refused(trial, Append.to(STREAM).expectingRevision(2).of(happened(1)));
        refused(trial, Append.to(STREAM).expectingStream().of(happened(1)));
        assertThat(trial.store().append(Append.to(STREAM).expectingNoStream().of(happened(2))).revision(STREAM))
                .isEqualTo(4);
        assertThat(trial.store().stream(STREAM).orElseThrow().state()).isEqualTo(State.OPEN);
        Sight.shows(trial, 3, 4);
        refused(trial, Append.to(STREAM).expectingNoStream().of(happened(1)));
        assertThat(trial.store().append(Append.to(STREAM).expectingRevision(4).of(happened(1))).revision(STREAM))
                .isEqualTo(5);
    }

    @Test
    default void deletingAgainChangesNothing(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.delete(STREAM));
        trial.store().forget(Forget.delete(STREAM));

        Sight.shows(trial);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 3);
        trial.store().forget(Forget.delete(STREAM));
        Sight.shows(trial);
        assertThat(trial.append(STREAM, happened(1)).revision(STREAM)).isEqualTo(4);
        Sight.shows(trial, 4);
    }

    @Test
    default void streamBegunAgainCanBeTruncated(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(2));
        trial.store().forget(Forget.delete(STREAM));
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.before(STREAM, 1));
        Sight.shows(trial, 2, 3, 4);
        trial.store().forget(Forget.before(STREAM, 4));
        Sight.shows(trial, 4);
    }

    @Test
    default void tombstonedStreamIsGoneForEver(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.tombstone(STREAM));

        Sight.shows(trial);
        assertThat(trial.store().stream(STREAM).orElseThrow().state()).isEqualTo(State.TOMBSTONED);
        long head = trial.store().head();
        for (Append append : List.of(Append.to(STREAM).of(happened(1)),
                Append.to(STREAM).expectingNoStream().of(happened(1)),
                Append.to(STREAM).expectingRevision(2).of(happened(1)))) {
            assertThatThrownBy(() -> trial.store().append(append))
                    .isInstanceOfSatisfying(StreamTombstonedException.class,
                            it -> assertThat(it.stream()).isEqualTo(STREAM));
        }
        assertThat(trial.store().head()).isEqualTo(head);
        Sight.shows(trial);
    }

    @Test
    default void appendWithATombstonedStreamAmongOthersLeavesNothing(Trial trial) {
        Append both = Append.to("other-1").of(event()).andTo(STREAM).of(happened(1));
        if (lacks(trial) || trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(both))) {
            return;
        }
        trial.append(STREAM, happened(1));
        trial.store().forget(Forget.tombstone(STREAM));

        assertThatThrownBy(() -> trial.store().append(both)).isInstanceOf(StreamTombstonedException.class);

        assertThat(trial.readAll()).isEmpty();
        assertThat(trial.store().stream("other-1")).isEmpty();
    }

    @Test
    default void conditionsOnATombstonedStreamNeverHold(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.tombstone(STREAM));

        refused(trial, Append.to("other-1").of(event()).onlyIf(new Condition.NoStream(STREAM)));
        refused(trial, Append.to("other-1").of(event()).onlyIf(new Condition.StreamExists(STREAM)));
        refused(trial, Append.to("other-1").of(event()).onlyIf(new Condition.StreamAt(STREAM, 2)));
    }

    @Test
    default void tombstonedStreamCanOnlyBeTombstonedAgain(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.delete(STREAM));
        trial.store().forget(Forget.tombstone(STREAM));
        trial.store().forget(Forget.tombstone(STREAM));

        for (Forget forget : List.of(Forget.before(STREAM, 1), Forget.delete(STREAM))) {
            assertThatThrownBy(() -> trial.store().forget(forget)).as("%s", forget)
                    .isInstanceOf(StreamTombstonedException.class);
        }
    }

    @Test
    default void streamThatNeverExistedCannotBeForgotten(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        for (Forget forget : List.of(Forget.before("never-1", 0), Forget.delete("never-1"),
                Forget.tombstone("never-1"))) {
            assertThatThrownBy(() -> trial.store().forget(forget)).as("%s", forget)
                    .isInstanceOfSatisfying(StreamNotFoundException.class,
                            it -> assertThat(it.stream()).isEqualTo("never-1"));
        }
        assertThat(trial.store().stream("never-1")).isEmpty();
        assertThat(trial.append("never-1", event()).revision("never-1")).isZero();
    }

    @Test
    default void openSubscriptionPassesOverWhatIsForgotten(Trial trial) throws Exception {
        if (lacks(trial)) {
            return;
        }
        try (var subscriber = new Subscriber(trial.store(), Query.category("thing"), 0)) {
            subscriber.untilCaughtUp();
            trial.append(STREAM, happened(3));
            trial.append("thing-2", event());
            trial.store().forget(Forget.delete(STREAM));
            subscriber.untilDelivered(1);
            assertThat(subscriber.delivered()).extracting(RecordedEvent::stream).containsExactly("thing-2");

            long head = trial.append(STREAM, happened(2)).position();
            trial.store().forget(Forget.before(STREAM, 5));
            assertThat(subscriber.look()).isEmpty();
            assertThat(subscriber.subscription().position()).isEqualTo(head);
            trial.append(STREAM, happened(1));
            assertThat(subscriber.take()).isInstanceOfSatisfying(Signal.Delivered.class,
                    it -> assertThat(it.event().revision()).isEqualTo(5));
        }
    }

    @Test
    default void whatIsForgottenStaysForgottenWhenTheStoreIsOpenedAgain(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(5));
        trial.append("deleted-1", events(2));
        trial.append("ended-1", events(2));
        trial.store().forget(Forget.before(STREAM, 3));
        trial.store().forget(Forget.delete("deleted-1"));
        trial.store().forget(Forget.tombstone("ended-1"));
        var streams = trial.store().streams("", "", 10);
        trial.reopen();
        if (!trial.has(Capability.DURABLE)) {
            assertThat(trial.store().streams("", "", 10)).isEmpty();
            return;
        }
        assertThat(trial.store().streams("", "", 10)).isEqualTo(streams);
        Sight.shows(trial, 3, 4);
        assertThat(trial.append("deleted-1", event()).revision("deleted-1")).isEqualTo(2);
        assertThat(trial.read(Query.stream("deleted-1"))).hasSize(1);
        assertThatThrownBy(() -> trial.append("ended-1", event())).isInstanceOf(StreamTombstonedException.class);
    }

    private static boolean lacks(Trial trial) {
        return trial.lacks(Capability.FORGET, () -> trial.store().forget(Forget.delete(STREAM)));
    }

    private static void refused(Trial trial, Append append) {
        long head = trial.store().head();
        assertThatThrownBy(() -> trial.store().append(append)).as("append under %s", append.conditions())
                .isInstanceOf(ConditionFailedException.class);
        assertThat(trial.store().head()).isEqualTo(head);
    }
}
