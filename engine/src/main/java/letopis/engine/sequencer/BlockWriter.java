package letopis.engine.sequencer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import letopis.engine.index.Index;
import letopis.engine.index.Target;
import letopis.engine.read.Events;
import letopis.engine.read.Publication;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.engine.seal.Sealing;
import letopis.journal.BlockDraft;
import letopis.journal.BlockWrite;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.store.Appended;
import letopis.store.StoreBusyException;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Decides on requests, makes blocks of them, has them written, and answers. For whoever has the {@linkplain Sequencer turn}.
 * Whatever fails, each request that was handed over is answered.
 */
final class BlockWriter {
    private final Journal journal;
    private final Index index;
    private final Publication publication;
    private final Admission admission;
    private final WaitingRequests waiting;
    private final AnsweringThread answers;
    private final long maxBlockBytes;
    /** Writes a block while the next one is made. */
    private final BesideThread disk = new BesideThread("letopis-disk");
    private final @Nullable SealHandover sealing;
    private final LoneRequests lone;
    private final EndOfWriting end;
    private final Contended contended = new Contended(System::nanoTime);

    private final List<Decided> block = new ArrayList<>();
    private @Nullable BlockDraft draft;
    private long draftBytes;
    private long lastPlace;

    BlockWriter(String store, Journal journal, Events events, WaitingRequests waiting, AnsweringThread answers,
            long maxBlockBytes, Optional<Sealing> sealing) {
        this.journal = journal;
        this.index = events.index();
        this.publication = events.publication();
        this.admission = new Admission(events);
        this.waiting = waiting;
        this.answers = answers;
        this.maxBlockBytes = maxBlockBytes;
        this.end = new EndOfWriting(store, answers);
        this.lone = new LoneRequests(journal, index, answers, end);
        this.sealing = sealing.isEmpty() ? null : new SealHandover(sealing.get(), journal, waiting);
    }

    /** Makes known which ids there are. Comes before all else. */
    void begin() {
        try {
            index.loadIds();
        } catch (RuntimeException | Error e) {
            poison(e);
        }
    }

    /**
     * Decides on these, and writes them.
     *
     * @param late whether others may have come since these were taken
     */
    void write(List<Request> taken, boolean late) {
        try {
            process(taken);
            if (late || disk.isBusy()) {
                disk.await();
                process(waiting.poll(maxBlockBytes)); // who came meanwhile need not wait for another block
            }
            commit(false);
            settle();
        } catch (RuntimeException | Error e) { // whoever has the turn never dies of it: others wait for it
            poison(e);
        }
    }

    /** The same for a single one, beside which there is nothing; takes no memory of its own. */
    void writeOne(Request request) {
        try {
            handle(request, false);
            commit(false);
        } catch (RuntimeException | Error e) {
            poison(e);
        }
    }

    /** Whether there are appends that another one was in the way of, and that are to be decided on again. */
    boolean holdsBack() {
        return !contended.isEmpty();
    }

    /** Ends what goes on beside, and seals what was written. */
    void end() {
        disk.close();
        try {
            if (sealing != null) {
                sealing.end(works());
            }
        } catch (IOException | RuntimeException | Error e) {
            poison(e);
        }
    }

    /** @throws StoreFailedException if nothing is written any more */
    void checkWorks() {
        Throwable cause = end.cause();
        if (cause != null) {
            throw end.failed(cause);
        }
    }

    boolean works() {
        return !end.hasCome();
    }

    /** Takes no memory of its own: a request that was taken out of the queue must not be lost for want of it. */
    private void process(List<Request> taken) {
        try {
            admission.expect(taken);
        } catch (RuntimeException | Error _) {
            // it would only have been quicker; what is wrong is told to each of them
        }
        for (int i = 0; i < taken.size(); i++) {
            handle(taken.get(i), true);
        }
    }

    /** @param mayHold whether an append may be decided on later, if another one has just been in its way */
    private void handle(Request request, boolean mayHold) {
        try {
            Throwable cause = end.cause();
            if (cause != null) {
                answers.refuse(request, end.failed(cause));
                return;
            }
            switch (request) {
                case Request.OfAppend it -> process(it, mayHold);
                case Request.OfSeal it -> process(it);
                case Request.Lone it -> process(it);
            }
        } catch (IOException | RuntimeException | Error e) { // an Error between here and the answer poisons the store, too
            poison(e, request);
        }
    }

    private void process(Request.OfAppend request, boolean mayHold) throws IOException {
        PreparedAppend append = request.append();
        Verdict verdict = admission.judge(append);
        if (verdict == null) {
            verdict = makeRoom(append.events().length, append.payloadBytes());
        }
        if (verdict == null) {
            block.add(new Decided(request, write(append), true));
        } else if (mayHold && isContended(verdict) && request.answer().isForThread()) {
            contended.hold(verdict.lostOn().orElseThrow(), request);
        } else if (verdict.evidence() > publication.head()) {
            block.add(new Decided(request, verdict.outcome(), false));
        } else {
            answers.tell(request, verdict.outcome());
        }
    }

    private boolean isContended(Verdict verdict) {
        Optional<Name> stream = verdict.lostOn();
        return stream.isPresent() && (verdict.evidence() > publication.head() || contended.isHeldOn(stream.get()));
    }

    /** Decides again on one append for each stream that several want; what was in its way is durable now. */
    private void settle() {
        if (contended.isEmpty()) {
            return;
        }
        Throwable cause = end.cause();
        if (cause != null) {
            poison(cause);
            return;
        }
        contended.next(it -> handle(it, false));
        commit(false); // what was in the way of one may be forgotten by now
    }

    private void process(Request.OfSeal request) throws IOException {
        byte[] seal = request.payload().toArray();
        Verdict refusal = makeRoom(1, seal.length);
        BlockDraft target = draft;
        if (refusal != null || target == null) {
            answers.refuse(request, new StoreBusyException(waiting.unanswered()));
        } else {
            long place = target.add(RecordKind.SEAL, seal, 0, seal.length);
            block.add(new Decided(request, () -> place, true));
        }
    }

    /** Room for an append in the draft, or in a new one; a refusal if there is none. */
    private @Nullable Verdict makeRoom(int records, long bytes) throws IOException {
        if (draft != null && (draftBytes + bytes > maxBlockBytes || !draft.hasRoomFor(records, bytes))) {
            commit(true);
            Throwable cause = end.cause();
            if (cause != null) {
                return Verdict.refused(() -> end.failed(cause), 0);
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
        BlockDraft target = Objects.requireNonNull(draft);
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

    /**
     * Completes the draft, and writes it; or has it written beside this thread, because there is more than fits in a block. Without
     * that, another thread would only be slower: those who wait for their answers come together into one block while this thread
     * waits for the disk.
     */
    private void commit(boolean beside) {
        BlockDraft done = draft;
        if (done == null && block.isEmpty()) {
            return;
        }
        disk.await();
        Throwable cause = end.cause();
        if (cause != null) {
            poison(cause);
            return;
        }
        List<Decided> decided = List.copyOf(block);
        if (done == null) {
            block.clear();
            answers.tell(decided);
        } else {
            commit(done, decided, index.last(), beside);
        }
    }

    private void commit(BlockDraft done, List<Decided> decided, long last, boolean beside) {
        BlockWrite write;
        Runnable writing;
        try {
            write = journal.seal(done);
            writing = () -> write(write, decided, last);
        } catch (IOException | RuntimeException | Error e) {
            draft = null;
            block.clear();
            end.come(e, decided);
            return;
        }
        draft = null;
        block.clear();
        if (beside && sealing == null && !index.isDue()) {
            disk.begin(writing);
        } else if (write(write, decided, last)) {
            if (sealing != null) {
                sealing.published(decided, lastPlace);
            }
            blockEnded();
        }
    }

    /** Writes and forces a block, publishes it, and answers; whether that went well. */
    private boolean write(BlockWrite write, List<Decided> decided, long last) {
        try {
            write.run();
            publication.publish(last);
            answers.tell(decided);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            end.come(e, decided);
            return false;
        }
    }

    /** Comes after all that was decided, which is made durable first; is refused if that fails. */
    private void process(Request.Lone request) throws IOException {
        commit(false);
        disk.await();
        Throwable cause = end.cause();
        if (cause != null) {
            answers.refuse(request, end.failed(cause));
        } else if (lone.process(request)) {
            blockEnded();
        }
    }

    /** What an index on disk says is in the log must be there after a power cut. */
    private void blockEnded() {
        try {
            if (index.isDue()) {
                journal.force();
                index.freeze(Optional.of(journal.mark()));
            }
        } catch (IOException | RuntimeException | Error e) { // and not out of here: who was answered must not be answered again
            poison(e);
        }
    }

    /** Ends the writing for good. */
    private void poison(Throwable cause) {
        poison(cause, null);
    }

    /** Ends the writing for good, and answers all of which nothing was written, the request that is being processed included. */
    private void poison(Throwable cause, @Nullable Request current) {
        end.come(cause);
        draft = null;
        while (true) {
            try {
                List<Decided> decided = Decided.refused(block, contended.all(), current, () -> end.failed(cause));
                block.clear();
                contended.clear();
                answers.tell(decided);
                return;
            } catch (OutOfMemoryError _) { // others wait for the answer: until there is memory for it
                LockSupport.parkNanos(AnsweringThread.MEMORY_PAUSE_NANOS);
            }
        }
    }
}
