package letopis.sql;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import letopis.store.Limits;

/**
 * How a store on a SQL database is opened.
 *
 * @param schema       where its tables are: a schema on PostgreSQL, what their names begin with on MySQL and MariaDB; lower
 *                     case letters, digits and underscores
 * @param limits       what may be appended
 * @param clock        gives the recorded times, and the time from which retention by age counts back
 * @param migrate      whether to make the schema, or bring it up to date, if that is needed; otherwise that is an error that
 *                     names what is missing
 * @param patience     how long a lost connection or a taken turn is borne before an append or a read fails
 * @param pollEvery    how often to look for events of other processes at least, where the database does not push, or its push
 *                     was lost
 * @param push         whether to hold a connection that listens where the database can push (PostgreSQL). Where a pooler
 *                     stands in between (PgBouncer, in any mode) nobody listens, and news is polled for as if this were
 *                     false: what one transaction listens to would be told to whoever gets the session next. This process's
 *                     own news is pushed all the same, to those that are connected directly
 * @param maxWaiting   how many appends may wait to be written, and how many bytes they may have: see {@code maxWaitingBytes}
 * @param maxWaitingBytes how many bytes of data and metadata the waiting appends may have together; a single one may have more
 * @param inline       read models that are written in the append's own transaction
 */
public record SqlOptions(String schema, Limits limits, InstantSource clock, boolean migrate, Duration patience,
        Duration pollEvery, boolean push, int maxWaiting, long maxWaitingBytes, List<InlineProjection> inline) {
    /** A schema {@code letopis}, made if it is missing; the limits, and the system's clock; 30 s of patience, 10 looks a second. */
    public static final SqlOptions DEFAULT = new SqlOptions("letopis", Limits.DEFAULT, InstantSource.system(), true,
            Duration.ofSeconds(30), Duration.ofMillis(100), true, 10_000, 64L << 20, List.of());

    /** @throws IllegalArgumentException if the schema's name is no such name, or a time or number is not positive */
    public SqlOptions {
        inline = List.copyOf(inline);
        if (!schema.matches("[a-z_][a-z0-9_]{0,39}")) {
            throw new IllegalArgumentException("a schema is named with up to 40 lower case letters, digits and"
                    + " underscores, and does not begin with a digit; \"" + schema + "\" is not");
        }
        if (!patience.isPositive() || !pollEvery.isPositive() || maxWaiting < 1 || maxWaitingBytes < 1) {
            throw new IllegalArgumentException("patience, pollEvery, maxWaiting and maxWaitingBytes are positive");
        }
    }

    public SqlOptions withSchema(String name) {
        return new SqlOptions(name, limits, clock, migrate, patience, pollEvery, push, maxWaiting, maxWaitingBytes,
                inline);
    }

    public SqlOptions withLimits(Limits newLimits) {
        return new SqlOptions(schema, newLimits, clock, migrate, patience, pollEvery, push, maxWaiting,
                maxWaitingBytes, inline);
    }

    public SqlOptions withClock(InstantSource newClock) {
        return new SqlOptions(schema, limits, newClock, migrate, patience, pollEvery, push, maxWaiting,
                maxWaitingBytes, inline);
    }

    /** These options for a schema that somebody else makes and migrates. */
    public SqlOptions withoutMigration() {
        return new SqlOptions(schema, limits, clock, false, patience, pollEvery, push, maxWaiting, maxWaitingBytes,
                inline);
    }

    public SqlOptions withPatience(Duration time) {
        return new SqlOptions(schema, limits, clock, migrate, time, pollEvery, push, maxWaiting, maxWaitingBytes,
                inline);
    }

    public SqlOptions withPollEvery(Duration time) {
        return new SqlOptions(schema, limits, clock, migrate, patience, time, push, maxWaiting, maxWaitingBytes,
                inline);
    }

    /** These options without a connection that listens: news of other processes is polled for. */
    public SqlOptions withoutPush() {
        return new SqlOptions(schema, limits, clock, migrate, patience, pollEvery, false, maxWaiting, maxWaitingBytes,
                inline);
    }

    public SqlOptions withMaxWaiting(int appends, long bytes) {
        return new SqlOptions(schema, limits, clock, migrate, patience, pollEvery, push, appends, bytes, inline);
    }

    /** These options with one more read model that is written in the append's own transaction. */
    public SqlOptions withInline(InlineProjection projection) {
        List<InlineProjection> more = new ArrayList<>(inline);
        more.add(projection);
        return new SqlOptions(schema, limits, clock, migrate, patience, pollEvery, push, maxWaiting, maxWaitingBytes,
                more);
    }
}
