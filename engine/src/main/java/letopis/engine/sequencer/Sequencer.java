package letopis.engine.sequencer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import letopis.engine.index.Index;
import letopis.engine.read.Events;
import letopis.engine.read.Publication;
import letopis.engine.record.TagsRecord;
import letopis.engine.seal.Sealing;
import letopis.engine.thread.OwnedThread;
import letopis.journal.Journal;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Forget;
import letopis.store.StoreException;

/**
 * The one place where writing happens. It gives appends their order, and thereby everything that is promised about order.
 *
 * The way of an append, why it is safe, and what fails how, is said at the {@linkplain letopis.engine.sequencer package}.
 */
public final class Sequencer {
    /** How many bytes of appends may wait, beside the limit on their number. */
    public static final long MAX_WAITING_BYTES = 64L << 20;

    /** After so many requests that came one by one, the next one is taken to be alone, too. */
    private static final int ALONE = 16;
    /** Larger appends gained nothing from it when it was tried. */
    private static final long MAX_ALONE_BYTES = 64 << 10;

    private final Journal journal;
    private final Events events;
    private final Index index;
    private final Publication publication;
    private final WaitingRequests waiting;
    private final AnsweringThread answers;
    private final long maxBlockBytes;
    private final BlockWriter writer;
    /** Whoever has it writes: the thread, or a caller that is alone. */
    private final ReentrantLock turn = new ReentrantLock();
    private final Thread thread;
    /** So many requests came one by one. */
    private volatile int oneByOne;

    /**
     * Begins to write.
     *
     * @param store         which store, in words, for messages
     * @param maxWaiting    how many requests may wait
     * @param maxWait       how long a request waits for room before it is refused
     * @param maxBlockBytes how many bytes of appends make a block; a single append may be larger
     * @param sealing       seals what is written, if it is to be sealed
     */
    public Sequencer(String store, Journal journal, Events events, int maxWaiting, Optional<Duration> maxWait,
            long maxBlockBytes, Optional<Sealing> sealing) {
        this.journal = journal;
        this.events = events;
        this.index = events.index();
        this.publication = events.publication();
        this.maxBlockBytes = maxBlockBytes;
        this.waiting = new WaitingRequests(store, maxWaiting, MAX_WAITING_BYTES, maxWait);
        this.answers = new AnsweringThread(waiting, publication);
        this.writer = new BlockWriter(store, journal, events, waiting, answers, maxBlockBytes, sealing);
        this.thread = Thread.ofPlatform().daemon().name("letopis-sequencer").start(this::run);
    }

    /** Appends and waits for the answer. */
    public Appended append(Append append) {
        Answer<Appended> answer = Answer.forThisThread();
        Request request = new Request.OfAppend(prepare(append), answer);
        if (!writesItself(request)) {
            put(request);
        }
        return answer.await();
    }

    /**
     * Writes for a caller in its own thread, if it seems to be alone: another thread would have to be woken, and wake it again.
     * With company, callers do better to gather in a block while the thread writes one.
     */
    private boolean writesItself(Request request) {
        Thread caller = Thread.currentThread();
        if (oneByOne < ALONE || request.bytes() > MAX_ALONE_BYTES || caller.isVirtual() || caller.isInterrupted()
                || !RoomOnStack.isThere() || !turn.tryLock()) {
            return false;
        }
        try {
            boolean passes = writer.works() && waiting.passes(request);
            if (passes) {
                writer.writeOne(request);
            }
            return passes;
        } finally {
            turn.unlock();
        }
    }

    /** Appends; the future is completed by a thread of the engine. */
    public CompletableFuture<Appended> submit(Append append) {
        CompletableFuture<Appended> future = new CompletableFuture<>();
        try {
            put(new Request.OfAppend(prepare(append), Answer.forFuture(future)));
        } catch (StoreException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    /** Forgets and waits for the answer. */
    public void forget(Forget forget) {
        this.<Forget>ask(answer -> new Request.OfForget(forget, events.nowMicros(), answer));
    }

    /** Adds tags to events that are there, durably, and waits for the answer. */
    public void addTags(List<TagsRecord> records) {
        this.<List<TagsRecord>>ask(answer -> Request.OfTags.of(records, answer));
    }

    /** Lets the writer's thread do something between two blocks, and waits for it. */
    public void run(Task task) {
        this.<Boolean>ask(answer -> new Request.OfTask(task, answer));
    }

    private <T> T ask(Function<Answer<T>, Request> request) {
        Answer<T> answer = Answer.forThisThread();
        put(request.apply(answer));
        return answer.await();
    }

    private PreparedAppend prepare(Append append) {
        publication.checkOpen();
        return new PreparedAppend(append, events.nowMicros());
    }

    private void put(Request request) {
        writer.checkWorks();
        waiting.put(request, !answers.isCurrent());
    }

    /**
     * Takes no more requests, answers those there are, and ends. The journal stays open; the index has all that was written in
     * frozen parts, so that the next opening need not read it again.
     */
    public void close() {
        waiting.close();
        OwnedThread.join(thread);
        answers.close();
        if (writer.works()) {
            try {
                journal.force();
                index.freeze(Optional.of(journal.mark()));
            } catch (IOException _) {
                // closing the journal says it; the next opening reads what the index lacks
            }
        }
    }

    private void run() {
        turn.lock();
        try {
            writer.begin();
        } finally {
            turn.unlock();
        }
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = write(take());
            } catch (OutOfMemoryError _) { // nothing was taken, and others wait: until there is memory for it
                LockSupport.parkNanos(AnsweringThread.MEMORY_PAUSE_NANOS);
            }
        }
    }

    /** What waits for the writer; nothing if it should go on with what it holds back, or end. */
    private List<Request> take() {
        List<Request> taken = waiting.take(maxBlockBytes,
                writer.holdsBack() ? Contended.PATIENCE_NANOS : Long.MAX_VALUE);
        oneByOne = taken.size() == 1 ? Math.min(oneByOne + 1, ALONE) : 0;
        return taken;
    }

    /** Writes; false at the end. */
    private boolean write(List<Request> taken) {
        boolean atOnce = turn.tryLock();
        if (!atOnce) {
            turn.lock();
        }
        try {
            boolean goesOn = !taken.isEmpty() || writer.holdsBack();
            if (goesOn) {
                writer.write(taken, !atOnce);
            } else {
                writer.end();
            }
            return goesOn;
        } finally {
            turn.unlock();
        }
    }
}
