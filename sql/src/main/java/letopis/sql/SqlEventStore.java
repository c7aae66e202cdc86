package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

import javax.sql.DataSource;

import letopis.sql.dialect.Dialect;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.NotSupportedException;
import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreClosedException;
import letopis.store.StoreException;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/**
 * An event store on a SQL database: events are rows, next to the application's own tables and, where that is wanted, in its
 * own transactions.
 *
 * <p>Any number of processes may write and read at the same time. All appends of one process that wait are written in one
 * transaction. Positions have no holes and are given in the order of commits. An append that was acknowledged is as durable as
 * a commit of the database is.
 *
 * <p>A subscription says {@link letopis.store.Signal.FellBehind} when more than {@value SqlSubscription#PAGE_EVENTS} events
 * wait to be looked at, and {@link letopis.store.Signal.Looked} after about as many positions without a match. Events of this
 * process reach it at once, those of others as soon as the database pushes or is asked: see {@link SqlOptions}.
 *
 * <p>Event ids are remembered for ever, so retries are recognised however late they come. A thread that opened many readings
 * holds no connection between their pages.
 */
public final class SqlEventStore implements EventStore {
    private static final Duration QUIET_TOO_LONG = Duration.ofSeconds(10);

    private final SqlOptions options;
    private final Dialect dialect;
    private final Database database;
    private final Rows rows;
    private final Recent recent;
    private final Readings readings;
    private final Listing listing;
    private final Forgetting forgetting;
    private final Writer writer;
    private final WaitingAppends waiting;
    private final Sequencer sequencer;
    private final Follower follower;
    private final SharedHead head;
    private final boolean readOnly;
    private final boolean replica;

    /** @param replica whether the database takes no writes */
    private SqlEventStore(DataSource source, Dialect dialect, SqlOptions options, boolean readOnly, boolean replica) {
        this.options = options;
        this.dialect = dialect;
        this.readOnly = readOnly || replica;
        this.replica = replica;
        this.database = new Database(source, dialect, options.patience());
        this.rows = new Rows(dialect);
        this.recent = new Recent();
        var bisection = new Bisection(rows, dialect);
        this.readings = new Readings(database, rows, recent, bisection, options.clock());
        this.listing = new Listing(dialect, rows, bisection);
        this.forgetting = new Forgetting(database, rows, recent, bisection);
        this.writer = new Writer(dialect, rows, readings, recent, new Refusals(database, readings, bisection), options);
        this.waiting = new WaitingAppends(dialect.product(), options);
        this.follower = new Follower(database, rows, recent, options, !this.readOnly);
        this.head = new SharedHead(() -> database.ask(rows::headAtOnce).position());
        this.sequencer = new Sequencer(database, writer, waiting, follower::committed);
    }

    /**
     * Opens a store; for the modules of the databases, which know the dialect.
     *
     * @param readOnly whether to write nothing, not even a schema; a replica is opened like that by itself
     */
    static SqlEventStore open(DataSource source, Dialect family, SqlOptions options, boolean readOnly) {
        Dialect before = new Database(source, family, options.patience()).ask(family::of);
        var database = new Database(source, before, options.patience());
        boolean replica = database.ask(connection -> {
            new SchemaVersion(before).ensure(connection, options.migrate() && !readOnly);
            return before.isReadOnly(connection);
        });
        Dialect dialect = database.ask(before::of); // others may have made the store, and in another way
        var store = new SqlEventStore(source, dialect, options, readOnly, replica);
        store.recent.begin(store.database.ask(store.rows::headAtOnce));
        store.follower.start();
        store.sequencer.start();
        return store;
    }

    @Override
    public Appended append(Append append) {
        options.limits().check(append);
        writable(Capability.APPEND);
        return sequencer.append(append);
    }

    /**
     * Appends inside a transaction of the caller's: the events are written if it commits, together with all else that it
     * writes, and are visible to others from then on.
     *
     * <p>From here to the end of the transaction nobody else appends: append last, and commit soon. Under READ COMMITTED the
     * append sees what is committed now; a transaction that sees only what was committed when it began is told to start
     * again if others appended since. What the thread that holds such a transaction must not do before it ends is to append without it.
     *
     * @param connection not committing by itself; neither committed, rolled back nor closed here
     * @throws SQLException                    if the database refuses; the transaction is to be rolled back
     * @throws SQLTransactionRollbackException if the transaction must be rolled back and tried again
     * @throws IllegalArgumentException        if the connection commits by itself
     * @throws StoreException                  as {@link #append(Append)} says; nothing was written, and the transaction goes on
     */
    public Appended append(Connection connection, Append append) throws SQLException {
        options.limits().check(append);
        writable(Capability.APPEND);
        if (connection.getAutoCommit()) {
            throw new IllegalArgumentException("the connection commits each statement by itself; call"
                    + " setAutoCommit(false), or append without it");
        }
        try {
            return switch (writer.within(connection, append, options.patience())) {
                case Verdict.Written it -> it.appended();
                case Verdict.Retried it -> it.appended();
                case Verdict.Refused it -> throw it.why().get();
            };
        } catch (SQLException e) {
            switch (dialect.trouble(e)) {
                case DUPLICATE -> throw tryAgain("others appended since this transaction began; roll it back and try it"
                        + " again, or use READ COMMITTED", e);
                case TRY_AGAIN -> throw tryAgain("the database gave this transaction up so that another one can go on;"
                        + " roll it back and try it again", e);
                case TURN_TAKEN -> throw tryAgain("the turn to append did not come in " + options.patience()
                        + ", another transaction has it; roll this one back and try it again", e);
                default -> {
                }
            }
            throw e;
        }
    }

    private static SQLTransactionRollbackException tryAgain(String why, SQLException cause) {
        return new SQLTransactionRollbackException(why, "40001", cause);
    }

    @Override
    public CompletableFuture<Appended> submit(Append append) {
        try {
            options.limits().check(append);
            writable(Capability.APPEND);
            return sequencer.submit(append);
        } catch (StoreException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public Reading read(Read read) {
        return readings.open(read);
    }

    @Override
    public Subscription subscribe(Query query, long after) {
        if (after < 0) {
            throw new IllegalArgumentException("there is no position " + after + "; 0 stands before the first event");
        }
        checkOpen();
        if (after > recent.position()) {
            long head = head();
            if (after > head) {
                throw new PositionBeyondHeadException(after, head);
            }
        }
        return new SqlSubscription(database, readings, recent, query, after, this::facts);
    }

    /** What is known of a stream now. */
    private StreamFacts facts(String stream) {
        Rows.Head head = recent.head();
        StreamFacts known = recent.known(List.of(stream)).get(stream);
        if (known != null) {
            return known;
        }
        StreamFacts read = database.ask(connection -> rows.facts(connection, stream, true));
        recent.learn(List.of(read), head);
        return read;
    }

    @Override
    public long head() {
        return head.ask();
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        return database.ask(connection -> listing.stream(connection, stream, now()));
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least 1 stream, not " + limit);
        }
        return database.ask(connection -> listing.streams(connection, prefix, after, limit, now()));
    }

    @Override
    public List<TypeInfo> types() {
        return database.ask(listing::types);
    }

    @Override
    public void forget(Forget forget) {
        checkOpen();
        writable(Capability.FORGET);
        forgetting.forget(forget);
    }

    /**
     * Takes the data, metadata and tags of forgotten events from the tables, beside everything else that goes on; it can be
     * interrupted by closing the store, and goes on where it was when it is called again.
     *
     * @param progress is told how many events were erased so far
     * @return how many were erased
     */
    public long scavenge(LongConsumer progress) {
        writable(Capability.FORGET);
        return forgetting.scavenge(readings, progress);
    }

    /** How the store is doing; asks the database, without patience. */
    public StoreHealth health() {
        checkOpen();
        long head = recent.position();
        Optional<String> holder = Optional.empty();
        Optional<String> complaint = Optional.empty();
        try (Connection connection = database.connect()) {
            head = rows.headAtOnce(connection).position();
            holder = dialect.turnHolder(connection);
        } catch (SQLException e) {
            complaint = Optional.of("the database does not answer: " + Database.firstLine(e.getMessage()));
        }
        if (complaint.isEmpty() && follower.sinceLastLook().compareTo(QUIET_TOO_LONG) > 0) {
            complaint = Optional.of("this process has not seen the database's news for "
                    + follower.sinceLastLook().toSeconds() + " s"
                    + follower.failure().map(it -> ": " + it).orElse(""));
        }
        if (complaint.isEmpty() && waiting.unanswered() > 0 && holder.isPresent()) {
            complaint = holder.map(it -> waiting.unanswered() + " appends wait for their turn, which is held by " + it
                    + "; readers are not concerned. End that transaction");
        }
        complaint = complaint.or(follower::unprepared);
        return new StoreHealth(head, recent.position(), follower.sinceLastLook(), waiting.unanswered(), holder,
                complaint);
    }

    @Override
    public Limits limits() {
        return options.limits();
    }

    @Override
    public Set<Capability> capabilities() {
        return readOnly
                ? EnumSet.of(Capability.GAPLESS_POSITIONS, Capability.DURABLE)
                : EnumSet.allOf(Capability.class);
    }

    /** The database, and where in it the store is. */
    public String description() {
        return dialect.product() + " store " + dialect.tables().event();
    }

    @Override
    public void close() {
        sequencer.close();
        database.close();
        recent.wake();
        follower.close();
    }

    private Instant now() {
        return options.clock().instant();
    }

    private void checkOpen() {
        if (database.isClosed()) {
            throw new StoreClosedException(dialect.product());
        }
    }

    private void writable(Capability capability) {
        if (readOnly) {
            throw new NotSupportedException(description() + ", which "
                    + (replica
                            ? "is read-only as its database takes no writes (open it at the primary, or again once"
                                    + " writes are allowed),"
                            : "is opened read-only,"),
                    capability);
        }
    }
}
