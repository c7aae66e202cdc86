package letopis.engine.sequencer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import letopis.engine.index.Index;
import letopis.engine.index.Target;
import letopis.engine.read.Events;
import letopis.engine.read.Publication;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.PreparedEvent;
import letopis.engine.record.TagsRecord;
import letopis.engine.seal.Sealing;
import letopis.engine.thread.OwnedThread;
import letopis.journal.BlockDraft;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Forget;
import letopis.store.OutcomeUnknownException;
import letopis.store.StoreBusyException;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It gives appends their order, and thereby everything that is promised about order.
 *
 * The way of an append, why it is safe, and what fails how, is said at the {@linkplain letopis.engine.sequencer package}.
 */
public final class Sequencer {
    /** How many bytes of appends may wait, beside the limit on their number. */
    public static final long MAX_WAITING_BYTES = 64L << 20;

    private final String store;
    private final Journal journal;
    private final Events events;
    private final Index index;
    private final Publication publication;
    private final Admission admission;
    private final Forgetting forgetting;
    private final WaitingRequests waiting;
    private final AnsweringThread answers;
    private final long maxBlockBytes;
    private final Thread thread;
    private final @Nullable Sealing sealing;

    private final List<Decided> block = new ArrayList<>();
    private @Nullable BlockDraft draft;
    private long draftBytes;
    private long lastPlace;
    private volatile @Nullable Throwable failure;

    /**
     * A request whose outcome is known and will be told when the block is durable.
     *
     * @param written whether it has records in the block
     */
    private record Decided(Request request, Supplier<?> outcome, boolean written) {}

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
        this.store = store;
        this.journal = journal;
        this.events = events;
        this.index = events.index();
        this.publication = events.publication();
        this.admission = new Admission(events);
        this.forgetting = new Forgetting(index);
        this.maxBlockBytes = maxBlockBytes;
        this.waiting = new WaitingRequests(store, maxWaiting, MAX_WAITING_BYTES, maxWait);
        this.answers = new AnsweringThread(waiting, publication);
        this.sealing = sealing.orElse(null);
        this.thread = Thread.ofPlatform().daemon().name("letopis-sequencer").unstarted(this::run);
        thread.start();
        sealing.ifPresent(it -> it.start(this::take));
    }

    // ---- callers' threads

    /** Appends and waits for the answer. */
    public Appended append(Append append) {
        Answer<Appended> answer = Answer.forThisThread();
        put(new Request.OfAppend(prepare(append), answer));
        return answer.await();
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
        Answer<Forget> answer = Answer.forThisThread();
        put(new Request.OfForget(forget, events.nowMicros(), answer));
        answer.await();
    }

    /** Adds tags to events that are there, durably, and waits for the answer. */
    public void addTags(List<TagsRecord> records) {
        Answer<List<TagsRecord>> answer = Answer.forThisThread();
        put(Request.OfTags.of(records, answer));
        answer.await();
    }

    /** Lets the writer's thread do something between two blocks, and waits for it. */
    public void run(Task task) {
        Answer<Boolean> answer = Answer.forThisThread();
        put(new Request.OfTask(task, answer));
        answer.await();
    }

    private PreparedAppend prepare(Append append) {
        publication.checkOpen();
        return new PreparedAppend(append, events.nowMicros());
    }

    private void put(Request request) {
        Throwable cause = failure;
        if (cause != null) {
            throw failed(cause);
        }
        waiting.put(request, !answers.isCurrent());
    }

    /** Takes a seal if there is room in the queue: what seals waits for nobody. */
    private boolean take(byte[] seal, Sealing.Outcome outcome) {
        try {
            waiting.put(new Request.OfSeal(Bytes.wrap(seal), outcome, Answer.forNobody()), false);
            return true;
        } catch (StoreException _) {
            return false;
        }
    }

    /** How many requests are not answered yet. */
    public int unanswered() {
        return waiting.unanswered();
    }

    /**
     * Takes no more requests, answers those there are, and ends. The journal stays open; the index has all that was written in
     * frozen parts, so that the next opening need not read it again.
     */
    public void close() {
        waiting.close();
        OwnedThread.join(thread);
        answers.close();
        if (failure == null) {
            try {
                journal.force();
                index.freeze(Optional.of(journal.mark()));
            } catch (IOException _) {
                // closing the journal says it; the next opening reads what the index lacks
            }
        }
    }

    // ---- the writer's thread

    private void run() {
        try {
            index.loadIds();
        } catch (RuntimeException | Error e) {
            poison(e, Optional.empty());
        }
        while (true) {
            try {
                List<Request> taken = waiting.take(maxBlockBytes);
                if (taken.isEmpty()) {
                    endSealing();
                    return;
                }
                for (Request request : taken) {
                    process(request);
                }
                commit();
            } catch (RuntimeException | Error e) { // this thread never dies before its time: others wait for it
                poison(e, Optional.empty());
            }
        }
    }

    private void process(Request request) {
        Throwable cause = failure;
        if (cause != null) {
            refuse(request, failed(cause));
            return;
        }
        try {
            switch (request) {
                case Request.OfAppend it -> process(it);
                case Request.OfForget it -> process(it);
                case Request.OfTags it -> process(it);
                case Request.OfTask it -> process(it);
                case Request.OfSeal it -> process(it);
            }
        } catch (IOException | RuntimeException | Error e) { // an Error between here and the answer poisons the store, too
            poison(e, Optional.of(request));
        }
    }

    private void process(Request.OfAppend request) throws IOException {
        PreparedAppend append = request.append();
        Verdict verdict = admission.judge(append);
        if (verdict == null) {
            verdict = makeRoom(append.events().length, append.payloadBytes());
        }
        if (verdict == null) {
            block.add(new Decided(request, write(append), true));
        } else if (verdict.evidence() > publication.head()) {
            block.add(new Decided(request, verdict.outcome(), false));
        } else {
            answer(List.of(new Decided(request, verdict.outcome(), false)));
        }
    }

    private void process(Request.OfSeal request) throws IOException {
        byte[] seal = request.payload().toArray();
        Verdict refusal = makeRoom(1, seal.length);
        BlockDraft target = draft;
        if (refusal != null || target == null) {
            refuse(request, new StoreBusyException(waiting.unanswered()));
        } else {
            long place = target.add(RecordKind.SEAL, seal, 0, seal.length);
            block.add(new Decided(request, () -> place, true));
        }
    }

    /** Room for an append in the draft, or in a new one; a refusal if there is none. */
    private @Nullable Verdict makeRoom(int records, long bytes) throws IOException {
        if (draft != null && (draftBytes + bytes > maxBlockBytes || !draft.hasRoomFor(records, bytes))) {
            commit();
            Throwable cause = failure;
            if (cause != null) {
                return Verdict.refused(() -> failed(cause), 0);
            }
        }
        if (draft == null) {
            try {
                draft = journal.draft(records, bytes);
                draftBytes = 0;
            } catch (StoreException e) {
                return Verdict.refused(() -> e, 0);
            }
        }
        draftBytes += bytes;
        return null;
    }

    /** Puts an append into the draft and the index; there is room for it. */
    private Supplier<Appended> write(PreparedAppend append) {
        BlockDraft target = draft;
        if (target == null) {
            throw new AssertionError("no block to write to");
        }
        long time = index.last() == 0
                ? append.timeMicros()
                : Math.max(append.timeMicros(), index.timeMicros(index.last()));
        long first = index.last() + 1;
        Target[] targets = new Target[append.streams().size()];
        long[] revisions = new long[targets.length];
        Arrays.setAll(targets, i -> index.target(append.streams().get(i)));
        PreparedEvent[] all = append.events();
        for (int i = 0; i < all.length; i++) {
            PreparedEvent event = all[i];
            Target stream = targets[append.streamOf(i)];
            long revision = stream.nextRevision();
            event.complete(i == all.length - 1, time, index.last() + 1, revision);
            long place = target.add(RecordKind.EVENT, event.array(), event.payloadOffset(), event.payloadLength());
            index.add(event, stream, place, time);
            lastPlace = place;
            revisions[append.streamOf(i)] = revision;
        }
        long last = index.last();
        return () -> append.appended(first, last, revisions);
    }

    /** Writes and forces the draft, publishes it, and answers. */
    private void commit() {
        BlockDraft done = draft;
        if (done == null) {
            return;
        }
        draft = null;
        try {
            journal.append(done);
        } catch (IOException | RuntimeException | Error e) {
            poison(e, Optional.empty());
            return;
        }
        publication.publish(index.last());
        answer(block);
        List<Decided> written = sealing == null ? List.of() : List.copyOf(block);
        block.clear();
        handToSealing(written);
        blockEnded();
    }

    /** What an index on disk says is in the log must be there after a power cut. */
    private void blockEnded() {
        if (index.isDue()) {
            try {
                journal.force();
                index.freeze(Optional.of(journal.mark()));
            } catch (IOException | RuntimeException | Error e) {
                poison(e, Optional.empty());
            }
        }
    }

    private void handToSealing(List<Decided> written) {
        List<PreparedEvent[]> appends = new ArrayList<>(written.size());
        long bytes = 0;
        for (Decided one : written) {
            if (one.written && one.request instanceof Request.OfAppend it) {
                appends.add(it.append().events());
                bytes += it.bytes();
            }
        }
        if (sealing != null && !appends.isEmpty()) {
            sealing.published(appends, (int) (lastPlace >>> 32), bytes);
        }
    }

    /** The last seal goes into a block of its own, if there is room for it. */
    private void endSealing() {
        if (sealing == null) {
            return;
        }
        Optional<byte[]> seal = sealing.end();
        Optional<Long> place = Optional.empty();
        try {
            if (seal.isPresent() && failure == null) {
                BlockDraft target = journal.draft(1, seal.get().length);
                place = Optional.of(target.add(RecordKind.SEAL, seal.get(), 0, seal.get().length));
                journal.append(target);
            }
        } catch (StoreException _) {
            place = Optional.empty(); // the next opening hashes what is not sealed, and seals it
        } catch (IOException | RuntimeException | Error e) {
            place = Optional.empty();
            poison(e, Optional.empty());
        } finally {
            sealing.close(place);
        }
    }

    /** Forgets in a block of its own; readers see it when that is durable. */
    private void process(Request.OfForget request) throws IOException {
        commit();
        Throwable cause = failure;
        if (cause != null) {
            refuse(request, failed(cause));
            return;
        }
        Forget forget = request.forget();
        Optional<RuntimeException> refusal = forgetting.refusal(forget);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
            return;
        }
        Optional<ForgetRecord> record = forgetting.record(forget, request.nowMicros());
        if (record.isEmpty()) {
            answer(List.of(new Decided(request, () -> forget, false)));
            return;
        }
        writeAlone(request, () -> forget, RecordKind.FORGET, List.of(record.get().encode()),
                () -> index.forget(record.get()));
    }

    /** Adds tags in a block of its own; readers see them when that is durable. */
    private void process(Request.OfTags request) throws IOException {
        commit();
        Throwable cause = failure;
        if (cause != null) {
            refuse(request, failed(cause));
            return;
        }
        List<TagsRecord> records = request.records();
        writeAlone(request, () -> records, RecordKind.TAGS, records.stream().map(TagsRecord::encode).toList(),
                () -> index.addTags(records));
    }

    /** Writes a block that takes no position, lets the index know when it is durable, and answers. */
    private void writeAlone(Request request, Supplier<?> outcome, RecordKind kind, List<byte[]> payloads,
            Runnable whenDurable) throws IOException {
        BlockDraft target;
        try {
            target = journal.draft(payloads.size(), payloads.stream().mapToLong(it -> it.length).sum());
        } catch (StoreException e) {
            refuse(request, e);
            return;
        }
        for (byte[] payload : payloads) {
            target.add(kind, payload, 0, payload.length);
        }
        Decided decided = new Decided(request, outcome, true);
        block.add(decided);
        journal.append(target);
        whenDurable.run();
        block.clear();
        blockEnded();
        answer(List.of(decided));
    }

    private void process(Request.OfTask request) throws IOException {
        commit();
        Throwable cause = failure;
        if (cause != null) {
            refuse(request, failed(cause));
            return;
        }
        try {
            request.task().run();
        } catch (StoreException e) {
            refuse(request, e);
            return;
        }
        answer(List.of(new Decided(request, () -> true, false)));
    }

    private void refuse(Request request, RuntimeException why) {
        answer(List.of(new Decided(request, () -> {
            throw why;
        }, false)));
    }

    /** Ends the writing for good, and answers all whose outcome hangs on it. */
    private void poison(Throwable cause, Optional<Request> current) {
        failure = cause;
        draft = null;
        List<Decided> decided = new ArrayList<>();
        boolean currentIsInBlock = block.stream().anyMatch(it -> current.equals(Optional.of(it.request)));
        for (Decided one : block) {
            decided.add(new Decided(one.request, () -> {
                throw one.written
                        ? new OutcomeUnknownException("writing it failed: " + cause, cause)
                        : failed(cause);
            }, one.written));
        }
        block.clear();
        if (!currentIsInBlock) {
            current.ifPresent(it -> decided.add(new Decided(it, () -> {
                throw failed(cause);
            }, false)));
        }
        answer(decided);
    }

    private StoreFailedException failed(Throwable cause) {
        return new StoreFailedException("writing to " + store + " failed: " + cause, cause);
    }

    /** Tells what came out. Who waits is told here; the futures are handed on. */
    private void answer(List<Decided> decided) {
        List<Answer<?>> futures = new ArrayList<>();
        long futureBytes = 0;
        int waiters = 0;
        long waiterBytes = 0;
        for (Decided one : decided) {
            one.request.give(one.outcome);
            if (one.request.answer().isForFuture()) {
                futures.add(one.request.answer());
                futureBytes += one.request.bytes();
            } else {
                waiters++;
                waiterBytes += one.request.bytes();
            }
        }
        waiting.answered(waiters, waiterBytes);
        if (!futures.isEmpty() || publication.isAwaited()) {
            answers.hand(futures, futureBytes);
        }
    }
}
