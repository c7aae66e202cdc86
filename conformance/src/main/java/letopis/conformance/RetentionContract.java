package letopis.conformance;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import letopis.store.Query;
import letopis.store.StreamInfo.State;
import letopis.store.StreamNotFoundException;
import letopis.store.StreamTombstonedException;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Sight.STREAM;
import static letopis.conformance.Sight.happened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does with streams that keep only so much. */
public interface RetentionContract extends StoreContract {
    @Test
    default void onlyTheNewestEventsAreKeptByCount(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(5));
        trial.append("thing-2", event());
        trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(3)));
        Sight.shows(trial, 2, 3, 4);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 3, 4, 5);
        trial.append(STREAM, happened(7));
        Sight.shows(trial, 10, 11, 12);
        trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(1)));
        Sight.shows(trial, 12);
        assertThat(trial.read(Query.stream("thing-2"))).hasSize(1);
    }

    @Test
    default void countBeyondWhatThereIsForgetsNothing(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(2));
        trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(3)));
        Sight.shows(trial, 0, 1);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 0, 1, 2);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 1, 2, 3);
        trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(Long.MAX_VALUE)));
        assertThat(trial.read(Query.stream(STREAM))).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    default void onlyYoungEventsAreKeptByAge(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        for (int i = 0; i < 3; i++) {
            trial.append(STREAM, happened(1));
            trial.clock().step(Duration.ofMinutes(1));
        }
        trial.store().forget(Forget.beyond(STREAM, Retention.maxAge(Duration.ofMinutes(10))));
        Sight.shows(trial, 0, 1, 2);
        trial.clock().step(Duration.ofMinutes(7).minusNanos(1_000));
        Sight.shows(trial, 0, 1, 2);
        trial.clock().step(Duration.ofNanos(1_000)); // the first is now 10 minutes old
        Sight.shows(trial, 1, 2);
        trial.clock().step(Duration.ofMinutes(1));
        Sight.shows(trial, 2);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 2, 3);
        trial.clock().step(Duration.ofDays(1));
        Sight.shows(trial);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 4);
    }

    @Test
    default void ageAndCountRestrictTogether(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(2));
        trial.clock().step(Duration.ofMinutes(5));
        trial.append(STREAM, happened(4));
        var both = new Retention(Optional.of(Duration.ofMinutes(10)), OptionalLong.of(3));
        trial.store().forget(Forget.beyond(STREAM, both));
        Sight.shows(trial, 3, 4, 5);
        assertThat(trial.store().stream(STREAM).orElseThrow().retention()).isEqualTo(both);
        trial.clock().step(Duration.ofMinutes(10));
        Sight.shows(trial);
    }

    @Test
    default void retentionReplacesWhatWasSaidBefore(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(4));
        trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(4)));
        trial.store().forget(Forget.beyond(STREAM, Retention.maxAge(Duration.ofHours(1))));
        assertThat(trial.store().stream(STREAM).orElseThrow().retention())
                .isEqualTo(Retention.maxAge(Duration.ofHours(1)));
        trial.append(STREAM, happened(2));
        Sight.shows(trial, 0, 1, 2, 3, 4, 5);
        trial.store().forget(Forget.beyond(STREAM, Retention.EVERYTHING));
        trial.clock().step(Duration.ofDays(1));
        Sight.shows(trial, 0, 1, 2, 3, 4, 5);
        assertThat(trial.store().stream(STREAM).orElseThrow().retention()).isEqualTo(Retention.EVERYTHING);
    }

    @Test
    default void streamOfWhichNothingIsKeptStaysOpen(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.beyond(STREAM, Retention.maxAge(Duration.ofMinutes(1))));
        trial.clock().step(Duration.ofHours(1));

        Sight.shows(trial);
        assertThat(trial.store().stream(STREAM).orElseThrow().state()).isEqualTo(State.OPEN);
        assertThat(trial.store().append(Append.to(STREAM).expectingRevision(2).of(happened(1))).revision(STREAM))
                .isEqualTo(3);
        Sight.shows(trial, 3);
    }

    @Test
    default void retentionCanBeAskedForWhereAStreamIsOnly(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        assertThatThrownBy(() -> trial.store().forget(Forget.beyond("never-1", Retention.maxCount(1))))
                .isInstanceOf(StreamNotFoundException.class);
        if (trial.has(Capability.FORGET)) {
            trial.append(STREAM, happened(1));
            trial.store().forget(Forget.tombstone(STREAM));
            assertThatThrownBy(() -> trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(1))))
                    .isInstanceOf(StreamTombstonedException.class);
        }
    }

    @Test
    default void retentionOutlivesDeletionAndReopening(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append(STREAM, happened(3));
        trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(2)));
        if (trial.has(Capability.FORGET)) {
            trial.store().forget(Forget.delete(STREAM));
            Sight.shows(trial);
        }
        trial.append(STREAM, happened(3));
        Sight.shows(trial, 4, 5);
        trial.reopen();
        if (!trial.has(Capability.DURABLE)) {
            assertThat(trial.store().stream(STREAM)).isEmpty();
            return;
        }
        Sight.shows(trial, 4, 5);
        trial.append(STREAM, happened(1));
        Sight.shows(trial, 5, 6);
    }

    private static boolean lacks(Trial trial) {
        return trial.lacks(Capability.RETENTION,
                () -> trial.store().forget(Forget.beyond(STREAM, Retention.maxCount(1))));
    }
}
