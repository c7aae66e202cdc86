package letopis.engine.index.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import letopis.engine.record.ForgetRecord;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What of a stream is forgotten, record after record. */
class StreamRulesTest {
    private static StreamRules after(ForgetRecord... records) {
        StreamRules rules = StreamRules.NONE;
        for (ForgetRecord record : records) {
            rules = rules.with(record);
        }
        return rules;
    }

    private static ForgetRecord truncate(long before) {
        return new ForgetRecord(Forget.before("s", before), 0, before);
    }

    private static ForgetRecord delete(long before) {
        return new ForgetRecord(Forget.delete("s"), 0, before);
    }

    private static ForgetRecord retain(Retention retention) {
        return new ForgetRecord(Forget.beyond("s", retention), 0, 0);
    }

    @Test
    void theHighestOfWhatIsForgottenHolds() {
        assertThat(StreamRules.NONE.firstRevision(10)).isZero();
        assertThat(after(truncate(4), truncate(2)).firstRevision(10)).isEqualTo(4);
        assertThat(after(truncate(4), delete(6)).firstRevision(10)).isEqualTo(6);
        assertThat(after(delete(6), truncate(8)).firstRevision(10)).isEqualTo(8);
        assertThat(after(truncate(4), retain(Retention.maxCount(3))).firstRevision(10)).isEqualTo(7);
        assertThat(after(truncate(8), retain(Retention.maxCount(3))).firstRevision(10)).isEqualTo(8);
        assertThat(after(retain(Retention.maxCount(3)), retain(Retention.EVERYTHING)).firstRevision(10)).isZero();
        StreamRules floor = after(truncate(4)).with(new StreamRules.Floor(5, 77, 88));
        assertThat(floor.firstRevision(10)).isEqualTo(5);
        assertThat(floor.floor()).isEqualTo(new StreamRules.Floor(5, 77, 88));
        assertThat(floor.with(truncate(6)).floor()).isEqualTo(floor.floor());
        assertThat(floor.with(delete(7)).floor()).isEqualTo(floor.floor());
        assertThat(after(delete(6)).with(truncate(7)).deletedBefore()).isEqualTo(6);
    }

    @Test
    void aTombstoneEndsAStream() {
        StreamRules rules = after(truncate(2), new ForgetRecord(Forget.tombstone("s"), 0, 5));
        assertThat(rules.tombstoned()).isTrue();
        assertThat(rules.firstRevision(10)).isEqualTo(10);
        assertThat(rules.isDeleted(5)).isFalse();
        assertThat(rules.truncatedBefore()).isEqualTo(2);
    }

    @Test
    void aDeletedStreamIsOneUntilItBeginsAgain() {
        assertThat(after(delete(5)).isDeleted(5)).isTrue();
        assertThat(after(delete(5)).isDeleted(6)).isFalse();
        assertThat(StreamRules.NONE.isDeleted(0)).isFalse();
    }

    @Test
    void anAgeIsCountedInMicrosecondsAndRoundedUp() {
        assertThat(after(retain(new Retention(Optional.empty(), OptionalLong.of(1)))).tooOldMicros(7))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(tooOld(Duration.ofSeconds(2), 10_000_000)).isEqualTo(8_000_000);
        assertThat(tooOld(Duration.ofNanos(1), 100)).isEqualTo(99);
        assertThat(tooOld(Duration.ofNanos(1_000), 100)).isEqualTo(99);
        assertThat(tooOld(Duration.ofNanos(1_001), 100)).isEqualTo(98);
        assertThat(tooOld(Duration.ofSeconds(Long.MAX_VALUE), 100)).as("older than time").isEqualTo(Long.MIN_VALUE);
        assertThat(tooOld(Duration.ofSeconds(9_223_372_036_854L), Long.MIN_VALUE + 5)).isEqualTo(Long.MIN_VALUE);
    }

    private static long tooOld(Duration age, long now) {
        return after(retain(Retention.maxAge(age))).tooOldMicros(now);
    }
}
