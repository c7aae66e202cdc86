package letopis.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a store is asked to forget. What is forgotten disappears from every read, subscription and condition at once, and
 * from disk at the next scavenge. Positions and revisions of what remains stay what they were.
 */
public sealed interface Forget {
    String stream();

    /**
     * Forgets the events of a stream before a revision. A lower revision than an earlier one changes nothing.
     *
     * @param beforeRevision the first revision that is kept; at most one beyond the last
     */
    record Truncate(String stream, long beforeRevision) implements Forget {
        /** @throws IllegalArgumentException if the revision is negative */
        public Truncate {
            if (beforeRevision < 0) {
                throw new IllegalArgumentException(
                        "stream " + stream + " cannot be truncated before revision " + beforeRevision);
            }
        }
    }

    /** From now on keeps only so much of a stream; replaces what was said of it before. */
    record Retain(String stream, Retention retention) implements Forget {}

    /** Forgets all events of a stream. It may be begun again, and its revisions go on. */
    record Delete(String stream) implements Forget {}

    /** Forgets all events of a stream. It can never be begun again. */
    record Tombstone(String stream) implements Forget {}

    /**
     * How much of a stream is kept.
     *
     * @param maxAge   only events recorded less than this long ago; positive
     * @param maxCount only the newest events, so many; 1 or more
     */
    record Retention(Optional<Duration> maxAge, OptionalLong maxCount) {
        /** Everything is kept. */
        public static final Retention EVERYTHING = new Retention(Optional.empty(), OptionalLong.empty());

        /** @throws IllegalArgumentException if the age is not positive, or the count is below 1 */
        public Retention {
            if (maxAge.isPresent() && !maxAge.get().isPositive()) {
                throw new IllegalArgumentException("events are kept for a positive time, not for " + maxAge.get());
            }
            if (maxCount.isPresent() && maxCount.getAsLong() < 1) {
                throw new IllegalArgumentException("at least 1 event is kept, not " + maxCount.getAsLong());
            }
        }

        public static Retention maxAge(Duration age) {
            return new Retention(Optional.of(age), OptionalLong.empty());
        }

        public static Retention maxCount(long events) {
            return new Retention(Optional.empty(), OptionalLong.of(events));
        }
    }

    static Forget before(String stream, long revision) {
        return new Truncate(stream, revision);
    }

    static Forget beyond(String stream, Retention retention) {
        return new Retain(stream, retention);
    }

    static Forget delete(String stream) {
        return new Delete(stream);
    }

    static Forget tombstone(String stream) {
        return new Tombstone(stream);
    }
}
