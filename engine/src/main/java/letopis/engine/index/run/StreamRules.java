package letopis.engine.index.run;

import java.time.Duration;

import letopis.engine.record.ForgetRecord;
import letopis.store.Forget;
import letopis.store.Forget.Retention;

/**
 * What of a stream is forgotten.
 *
 * @param truncatedBefore the first revision that was not truncated
 * @param deletedBefore   the first revision that was not deleted; one beyond the last while the stream is deleted
 * @param tombstoned      whether it was ended for ever
 * @param retention       how much of the rest is kept
 * @param floor           what was erased for good
 */
public record StreamRules(long truncatedBefore, long deletedBefore, boolean tombstoned, Retention retention,
        Floor floor) {
    /** Nothing is forgotten. */
    public static final StreamRules NONE = new StreamRules(0, 0, false, Retention.EVERYTHING, Floor.NONE);

    /**
     * The events of a stream that may be gone from the disk.
     *
     * @param revision   the first revision that is kept; 0 if nothing was erased
     * @param position   the position of the event before it
     * @param timeMicros when that was recorded
     */
    public record Floor(long revision, long position, long timeMicros) {
        /** Nothing was erased. */
        public static final Floor NONE = new Floor(0, 0, 0);
    }

    /** These rules, and what a record says. */
    public StreamRules with(ForgetRecord record) {
        long before = record.beforeRevision();
        return switch (record.forget()) {
            case Forget.Truncate _ ->
                new StreamRules(Math.max(truncatedBefore, before), deletedBefore, tombstoned, retention, floor);
            case Forget.Retain it ->
                new StreamRules(truncatedBefore, deletedBefore, tombstoned, it.retention(), floor);
            case Forget.Delete _ -> new StreamRules(truncatedBefore, before, tombstoned, retention, floor);
            case Forget.Tombstone _ -> new StreamRules(truncatedBefore, before, true, retention, floor);
        };
    }

    /** These rules where events are erased, too. */
    public StreamRules with(Floor newFloor) {
        return new StreamRules(truncatedBefore, deletedBefore, tombstoned, retention, newFloor);
    }

    /** The first revision that can be read of a stream with so many events, age aside. */
    public long firstRevision(long count) {
        if (tombstoned) {
            return count;
        }
        long first = Math.max(floor.revision, Math.max(truncatedBefore, deletedBefore));
        return retention.maxCount().isPresent() ? Math.max(first, count - retention.maxCount().getAsLong()) : first;
    }

    /** The time up to which events are too old at this time. */
    public long tooOldMicros(long nowMicros) {
        if (retention.maxAge().isEmpty()) {
            return Long.MIN_VALUE;
        }
        Duration age = retention.maxAge().get();
        long ageMicros;
        try {
            ageMicros = Math.addExact(Math.multiplyExact(age.getSeconds(), 1_000_000), (age.getNano() + 999) / 1_000);
            return Math.subtractExact(nowMicros, ageMicros);
        } catch (ArithmeticException _) {
            return Long.MIN_VALUE; // older than time itself: everything is kept
        }
    }

    /** Whether a stream with so many events is deleted: an event that was appended afterwards has begun it again. */
    public boolean isDeleted(long count) {
        return deletedBefore > 0 && deletedBefore == count && !tombstoned;
    }
}
