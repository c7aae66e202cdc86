package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import letopis.sql.WaitingAppends.Waiting;
import letopis.sql.dialect.Trouble;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.OutcomeUnknownException;
import letopis.store.StoreBusyException;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;
import letopis.store.StoreFullException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this process that writes. It takes all appends that wait, writes them in one transaction, and answers
 * each; meanwhile the next ones gather. So the number of commits is bounded by the database, not by the writers. Where for some
 * time no two appends came at once, a caller writes its own by itself, as long as all goes well.
 *
 * <p>Where the connection is lost in between, whether the transaction was committed is found out by the ids of its events: the
 * appends are written again in turn, as retries. Only when the patience ends before the database is back are the callers told
 * that the outcome is unknown.
 */
final class Sequencer {
    private static final int MAX_EVENTS = 2_000;
    private static final long MAX_BYTES = 8 << 20;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_TURN_WAIT = Duration.ofSeconds(5);
    /** Who writes alone has not the patience of the writing thread, so that an interrupt is soon heard of. */
    private static final Duration LONGEST_TURN_WAIT_ALONE = Duration.ofMillis(20);
    /** After so many transactions of one append each. */
    private static final int LONELY = 16;
    /** One is a retry or a race; so many are a key that is there and cannot be. */
    private static final int MAX_DUPLICATES = 100;
    /** After others wrote, so many transactions are written in turn before the shorter way is tried again. */
    private static final int IN_TURN_AFTER_OTHERS = 16;

    private final Database database;
    private final Writer writer;
    private final WaitingAppends waiting;
    private final Runnable committed;
    private final LinkedBlockingQueue<Optional<Waiting>> futures = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Thread answers;
    /** Whoever writes has it, and with it the connection and what is known of the last transactions. */
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Connection connection;
    private long lastUseNanos;
    private int inTurn;
    private volatile int lonely;

    /** @param committed is called after each transaction that wrote something */
    Sequencer(Database database, Writer writer, WaitingAppends waiting, Runnable committed) {
        this.database = database;
        this.writer = writer;
        this.waiting = waiting;
        this.committed = committed;
        this.thread = Thread.ofPlatform().daemon().name("letopis-sql-sequencer").unstarted(this::run);
        this.answers = Thread.ofPlatform().daemon().name("letopis-sql-answers").unstarted(this::answer);
    }

    void start() {
        thread.start();
        answers.start();
    }

    Appended append(Append append) {
        OptionalLong triedSince = OptionalLong.empty();
        if (isLonely()) {
            long begun = System.nanoTime();
            Alone alone = alone(append);
            if (alone instanceof Alone.Written it) {
                return it.appended();
            }
            triedSince = alone instanceof Alone.Unknown ? OptionalLong.of(begun) : triedSince;
        }
        Waiting mine = Waiting.of(append, Optional.empty(), triedSince);
        waiting.put(mine, mayWait());
        try {
            return mine.answer().get().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("the wait for the answer was interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("an answer never fails, it throws when it is asked", e);
        }
    }

    CompletableFuture<Appended> submit(Append append) {
        var future = new CompletableFuture<Appended>();
        waiting.put(Waiting.of(append, Optional.of(future), OptionalLong.empty()), mayWait());
        return future;
    }

    /**
     * Whether the caller had better write by itself, since for some time nobody wrote at the same time as others: the ways to the
     * writing thread and back cost as much as the database's work on one event. A virtual thread does not, whose interrupt would
     * close the connection.
     */
    private boolean isLonely() {
        Thread caller = Thread.currentThread();
        return lonely >= LONELY && !caller.isVirtual() && !caller.isInterrupted();
    }

    /** What became of an append that its caller tried to write alone. */
    private sealed interface Alone {
        record Written(Appended appended) implements Alone {}

        /** It is to be written with the others. */
        record NotWritten() implements Alone {}

        /** The same; it may have been written, and its ids tell. */
        record Unknown() implements Alone {}
    }

    /** Writes one append, if nobody else writes, and nothing is in its way; all that takes more is for the writing thread. */
    private Alone alone(Append append) {
        if (!writing.tryLock()) {
            return new Alone.NotWritten();
        }
        try {
            Connection open = connection;
            if (open == null || inTurn > 0 || waiting.unanswered() > 0 || !writer.canWriteAtHead()) {
                return new Alone.NotWritten();
            }
            lastUseNanos = System.nanoTime();
            Optional<List<Verdict>> verdicts = writer.atHead(open, List.of(append), LONGEST_TURN_WAIT_ALONE);
            if (verdicts.isPresent() && verdicts.get().getFirst() instanceof Verdict.Written it) {
                committed.run();
                return new Alone.Written(it.appended());
            }
            inTurn = verdicts.isPresent() ? inTurn : IN_TURN_AFTER_OTHERS;
            return new Alone.NotWritten();
        } catch (SQLException e) {
            giveBack(false);
            return database.dialect().trouble(e) == Trouble.CONNECTION ? new Alone.Unknown() : new Alone.NotWritten();
        } catch (RuntimeException | Error e) {
            giveBack(false);
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /** Whether the calling thread may wait for room; the one that answers must not, since others wait for it to make some. */
    private boolean mayWait() {
        return Thread.currentThread() != answers;
    }

    int unanswered() {
        return waiting.unanswered();
    }

    /** Writes and answers all that was accepted, and ends. */
    void close() {
        waiting.close();
        boolean interrupted = join(thread);
        futures.add(Optional.empty());
        if (Thread.currentThread() != answers) {
            interrupted |= join(answers);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
    }

    private void run() {
        while (!waiting.isDone()) {
            try {
                List<Waiting> batch = waiting.take(MAX_EVENTS, MAX_BYTES, IDLE);
                write(batch);
            } catch (InterruptedException _) {
                // nobody has a reason to interrupt this thread
            }
        }
        writing.lock();
        try {
            release();
        } finally {
            writing.unlock();
        }
    }

    private void write(List<Waiting> batch) {
        writing.lock();
        try {
            if (!batch.isEmpty()) {
                lonely = batch.size() == 1 ? Math.min(lonely + 1, LONELY) : 0;
                lastUseNanos = System.nanoTime();
                settle(batch);
            } else if (System.nanoTime() - lastUseNanos >= IDLE.toNanos()) {
                release();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Writes until there is an answer for each. */
    private void settle(List<Waiting> batch) {
        long now = System.nanoTime();
        long since = batch.stream().mapToLong(it -> it.triedSince().orElse(now)).max().orElse(now);
        var trial = new Trial(since + database.patience().toNanos(),
                batch.stream().anyMatch(it -> it.triedSince().isPresent()));
        while (true) {
            try {
                answer(batch, write(batch, trial));
                return;
            } catch (SQLException e) {
                giveBack(false);
                Optional<StoreException> end = trial.after(e);
                if (end.isPresent()) {
                    refuse(batch, end.get());
                    return;
                }
            } catch (RuntimeException | Error e) {
                giveBack(false);
                if (batch.size() == 1 || e instanceof Error) {
                    refuse(batch, e);
                } else { // one of them, a read model's refusal perhaps, must not cost the others their lives
                    batch.forEach(one -> settle(List.of(one)));
                }
                return;
            }
        }
    }

    private List<Verdict> write(List<Waiting> batch, Trial trial) throws SQLException {
        List<Append> appends = batch.stream().map(Waiting::append).toList();
        Connection open = connection();
        trial.connected = true;
        Duration turn = trial.turnAtMost();
        if (!trial.withIds && inTurn == 0 && writer.canWriteAtHead()) {
            Optional<List<Verdict>> verdicts = writer.atHead(open, appends, turn);
            if (verdicts.isPresent()) {
                return verdicts.get();
            }
            inTurn = IN_TURN_AFTER_OTHERS;
        }
        inTurn = Math.max(0, inTurn - 1);
        open.setAutoCommit(false);
        List<Verdict> verdicts = writer.inTurn(open, appends, trial.withIds, turn);
        open.setAutoCommit(true);
        return verdicts;
    }

    /** What was tried so far for some appends, and what is to be tried next. */
    private final class Trial {
        private final long deadline;
        private boolean connected;
        private boolean unknown;
        private boolean withIds;
        private int duplicates;
        private long pauseNanos = TimeUnit.MILLISECONDS.toNanos(2);

        Trial(long deadline, boolean perhapsWritten) {
            this.deadline = deadline;
            this.unknown = perhapsWritten;
            this.withIds = perhapsWritten;
        }

        Duration turnAtMost() {
            long left = Math.max(deadline - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(1));
            return Duration.ofNanos(Math.min(left, LONGEST_TURN_WAIT.toNanos()));
        }

        /** What the callers are told after this error; nothing if it is to be tried again. */
        Optional<StoreException> after(SQLException e) {
            Trouble trouble = database.dialect().trouble(e);
            boolean late = System.nanoTime() >= deadline;
            switch (trouble) {
                case DUPLICATE -> {
                    withIds = true;
                    if (++duplicates > MAX_DUPLICATES) {
                        return Optional.of(new StoreFailedException("a key was there already again and again", e));
                    }
                }
                case TRY_AGAIN, TURN_TAKEN -> {
                    if (late) {
                        return Optional.of(unknown ? unknown(e) : new StoreBusyException(waiting.unanswered()));
                    }
                }
                case CONNECTION, READ_ONLY -> {
                    unknown |= connected && trouble == Trouble.CONNECTION;
                    withIds = true;
                    if (late) {
                        return Optional.of(unknown ? unknown(e) : database.failure(e));
                    }
                    LockSupport.parkNanos(pauseNanos);
                    pauseNanos = Math.min(2 * pauseNanos, TimeUnit.MILLISECONDS.toNanos(500));
                }
                case FULL -> {
                    return Optional.of(unknown
                            ? unknown(e)
                            : new StoreFullException(database.dialect().product(), e));
                }
                default -> {
                    return Optional.of(unknown ? unknown(e) : database.failure(e));
                }
            }
            connected = false;
            return Optional.empty();
        }

        private OutcomeUnknownException unknown(SQLException e) {
            return new OutcomeUnknownException(
                    "the connection to the database was lost, and it did not answer again in "
                            + database.patience().toSeconds() + " s",
                    e);
        }
    }

    private void answer(List<Waiting> batch, List<Verdict> verdicts) {
        boolean wrote = false;
        for (int i = 0; i < batch.size(); i++) {
            wrote |= verdicts.get(i) instanceof Verdict.Written;
            give(batch.get(i), switch (verdicts.get(i)) {
                case Verdict.Written it -> it::appended;
                case Verdict.Retried it -> it::appended;
                case Verdict.Refused it -> () -> {
                    throw it.why().get();
                };
            });
        }
        if (wrote) {
            committed.run();
        }
    }

    private void refuse(List<Waiting> batch, Throwable why) {
        for (Waiting one : batch) {
            give(one, () -> {
                if (why instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) why;
            });
        }
    }

    private void give(Waiting one, Supplier<Appended> answer) {
        one.answer().complete(answer);
        if (one.future().isPresent()) {
            futures.add(Optional.of(one));
        } else {
            waiting.answered(one);
        }
    }

    /** Completes futures, so that what hangs on them costs the writing thread nothing. */
    private void answer() {
        while (true) {
            Optional<Waiting> next;
            try {
                next = futures.take();
            } catch (InterruptedException _) {
                continue; // what hangs on a future may interrupt this thread; it has no meaning here
            }
            if (next.isEmpty()) {
                return;
            }
            complete(next.get());
            waiting.answered(next.get());
        }
    }

    private static void complete(Waiting one) {
        CompletableFuture<Appended> future = one.future().orElseThrow();
        try {
            Appended appended = one.answer().join().get();
            future.complete(appended);
        } catch (Throwable e) { // whatever went wrong is the future's
            future.completeExceptionally(e);
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.connect();
            connection = open;
            open.setNetworkTimeout(Runnable::run, networkTimeoutMillis());
        }
        return open;
    }

    /** A network that breaks without a word must not keep the writer for ever; the turn may take its time, though. */
    private int networkTimeoutMillis() {
        return (int) Math.min(Integer.MAX_VALUE, database.patience().plus(LONGEST_TURN_WAIT).toMillis());
    }

    private void release() {
        if (connection != null) {
            giveBack(true);
        }
    }

    /** Ends what is under way on the connection, and gives it back; after a failure it may be broken. */
    private void giveBack(boolean sound) {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try (open) {
            if (!sound && !open.getAutoCommit()) {
                open.rollback();
                open.setAutoCommit(true);
            }
        } catch (SQLException _) {
            // a broken connection; its transaction ends by itself
        }
    }
}
