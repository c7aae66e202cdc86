package letopis.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import letopis.store.Forget;
import letopis.store.StreamInfo.State;

/**
 * What of a stream is forgotten. A stream that was deleted is open again as soon as it has an event beyond those that were
 * forgotten, so that an append need not write here.
 *
 * @param firstKept the first revision that was not forgotten by name
 * @param said      what was said last of the stream's state
 */
record Rule(long firstKept, State said, Forget.Retention retention) {
    static final Rule NONE = new Rule(0, State.OPEN, Forget.Retention.EVERYTHING);

    /** The columns that {@link #of} reads, of the table with this alias. */
    static String columns(String alias) {
        return alias + ".first_kept, " + alias + ".state, " + alias + ".max_age_seconds, " + alias + ".max_age_nanos, "
                + alias + ".max_count";
    }

    /** How many {@link #columns} there are. */
    static final int COLUMNS = 5;

    /** The rule of a row; none where an outer join found no row. */
    static Rule of(ResultSet row, int first) throws SQLException {
        long firstKept = row.getLong(first);
        if (row.wasNull()) {
            return NONE;
        }
        State said = State.valueOf(row.getString(first + 1));
        long seconds = row.getLong(first + 2);
        Optional<Duration> maxAge = row.wasNull()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(seconds, row.getInt(first + 3)));
        long count = row.getLong(first + 4);
        OptionalLong maxCount = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(count);
        return new Rule(firstKept, said, new Forget.Retention(maxAge, maxCount));
    }

    State state(long lastRevision) {
        return said == State.DELETED && lastRevision >= firstKept ? State.OPEN : said;
    }

    /** The first revision that is kept whatever the time is. */
    long firstKept(long lastRevision) {
        long byCount = retention.maxCount().isPresent()
                ? lastRevision + 1 - Math.min(retention.maxCount().getAsLong(), lastRevision + 1)
                : 0;
        return Math.max(firstKept, byCount);
    }

    /** Whether an event of the stream can be read. */
    boolean shows(long revision, Instant time, long lastRevision, Instant now) {
        return equals(NONE) || (revision >= firstKept(lastRevision) && retention.maxAge()
                .map(age -> Duration.between(time, now).compareTo(age) < 0)
                .orElse(true));
    }

    /** This rule after one more thing was forgotten. The stream is not tombstoned, or to be so again. */
    Rule after(Forget forget, long lastRevision) {
        return switch (forget) {
            case Forget.Truncate it ->
                new Rule(Math.max(firstKept, it.beforeRevision()), state(lastRevision), retention);
            case Forget.Retain it -> new Rule(firstKept, state(lastRevision), it.retention());
            case Forget.Delete _ -> new Rule(lastRevision + 1, State.DELETED, retention);
            case Forget.Tombstone _ -> new Rule(lastRevision + 1, State.TOMBSTONED, retention);
        };
    }
}
