package letopis.conformance;

import java.time.Duration;
import java.time.Instant;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.RecordedEvent;
import letopis.store.TimeBeforeHeadException;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every store does with the time it records. */
public interface RecordedTimeContract extends StoreContract {
    /** A time at which nobody stands by chance. */
    Instant LONG_AGO = Instant.parse("1969-12-31T23:59:59.999999Z");

    @Test
    default void recordedTimeIsTheStoresClock(Trial trial) {
        assertThat(trial.appendOne("a-1", event()).time()).isEqualTo(SteppedClock.START);
        trial.clock().step(Duration.ofMinutes(5));
        assertThat(trial.appendOne("b-1", event()).time()).isEqualTo(SteppedClock.START.plusSeconds(300));
        assertThat(trial.store().stream("b-1").orElseThrow().lastTime())
                .isEqualTo(SteppedClock.START.plusSeconds(300));
    }

    @Test
    default void recordedTimeIsInWholeMicroseconds(Trial trial) {
        trial.clock().set(SteppedClock.START.plusNanos(999));

        assertThat(trial.appendOne("a-1", event()).time()).isEqualTo(SteppedClock.START);
    }

    @Test
    default void recordedTimeNeverGoesBackwardsWhateverTheClockDoes(Trial trial) {
        trial.append("a-1", event());
        trial.clock().step(Duration.ofHours(-1));
        trial.append("b-1", event());
        trial.clock().step(Duration.ofDays(-400));
        trial.append("a-1", events(2));
        trial.clock().set(SteppedClock.START.plusSeconds(1));
        trial.append("a-1", event());

        assertThat(trial.readAll()).extracting(RecordedEvent::time)
                .containsExactly(SteppedClock.START,
                        SteppedClock.START, SteppedClock.START, SteppedClock.START, SteppedClock.START.plusSeconds(1));
    }

    @Test
    default void recordedTimeDoesNotGoBackwardsOverReopening(Trial trial) {
        trial.append("a-1", event());
        trial.clock().step(Duration.ofHours(-1));
        trial.reopen();

        RecordedEvent next = trial.appendOne("a-1", event());

        assertThat(next.time()).isEqualTo(
                trial.has(Capability.DURABLE) ? SteppedClock.START : SteppedClock.START.minusSeconds(3_600));
    }

    @Test
    default void givenTimeIsRecorded(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.store().append(Append.to("a-1").of(events(2)).recordedAt(LONG_AGO));
        trial.store().append(Append.to("a-1").of(event()).recordedAt(LONG_AGO));
        trial.store().append(Append.to("b-1").of(event()).recordedAt(LONG_AGO.plusNanos(1_999)));
        trial.store().append(Append.to("b-1").of(event()).recordedAtOrLater(LONG_AGO.plusSeconds(1)));
        trial.append("b-1", event());

        assertThat(trial.readAll()).extracting(RecordedEvent::time)
                .containsExactly(LONG_AGO, LONG_AGO, LONG_AGO,
                        LONG_AGO.plusNanos(1_000), LONG_AGO.plusSeconds(1), SteppedClock.START);
    }

    @Test
    default void olderTimeGivenIsRefused(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        long head = trial.append("a-1", event()).position();
        Instant older = SteppedClock.START.minusNanos(1_000);

        TimeBeforeHeadException refused = catchThrowableOfType(TimeBeforeHeadException.class,
                () -> trial.store().append(Append.to("a-1").of(event()).recordedAt(older)));

        assertThat(refused).isNotNull();
        assertThat(refused.time()).isEqualTo(older);
        assertThat(refused.headTime()).isEqualTo(SteppedClock.START);
        assertThat(refused.head()).isEqualTo(head);
        assertThat(trial.readAll()).hasSize(1);
        assertThat(trial.append("a-1", event()).revision("a-1")).isEqualTo(1);
    }

    @Test
    default void olderTimeGivenIsRaisedWhenThatWasAskedFor(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("a-1", event());
        trial.store().append(Append.to("a-1").of(event()).recordedAtOrLater(LONG_AGO));

        assertThat(trial.readAll()).extracting(RecordedEvent::time)
                .containsExactly(SteppedClock.START,
                        SteppedClock.START);
    }

    @Test
    default void afterATimeFromTheFutureTheClockIsRaisedToIt(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        Instant future = SteppedClock.START.plus(Duration.ofDays(365));
        trial.store().append(Append.to("a-1").of(event()).recordedAt(future));
        trial.append("a-1", event());

        assertThat(trial.readAll()).extracting(RecordedEvent::time).containsExactly(future, future);
    }

    private static boolean lacks(Trial trial) {
        return trial.lacks(Capability.GIVEN_TIME,
                () -> trial.store().append(Append.to("a-1").of(event()).recordedAt(LONG_AGO)));
    }
}
