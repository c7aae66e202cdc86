package letopis.engine.sequencer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import letopis.engine.read.Publication;
import letopis.engine.thread.OwnedThread;

/**
 * Completes the futures of {@code submit}, and wakes subscriptions, so that neither costs the writer's thread anything: what a
 * user hung onto a future runs here, and may take as long as it wants. The queue needs no limit of its own: an unanswered
 * request still counts in {@link WaitingRequests}.
 */
final class AnsweringThread {
    /** So long there is no memory before it is asked for again. */
    static final long MEMORY_PAUSE_NANOS = 1_000_000;

    private final WaitingRequests waiting;
    private final Publication publication;
    private final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** The answers of one block, and the bytes of their requests. */
    private record Batch(List<Answer<?>> answers, long bytes, boolean last) {}

    AnsweringThread(WaitingRequests waiting, Publication publication) {
        this.waiting = waiting;
        this.publication = publication;
        this.thread = Thread.ofPlatform().daemon().name("letopis-answers").start(this::run);
    }

    /** Tells what came out. Who waits is told here; futures are completed by this thread, which wakes who waits for a new head. */
    void tell(List<Decided> decided) {
        while (true) {
            try {
                tellOrRunOutOfMemory(decided);
                return;
            } catch (OutOfMemoryError _) { // others wait for the answer: until there is memory for it
                LockSupport.parkNanos(MEMORY_PAUSE_NANOS);
            }
        }
    }

    /** The same for one that has no records in a block. */
    void tell(Request request, Supplier<?> outcome) {
        tell(List.of(new Decided(request, outcome, false)));
    }

    void refuse(Request request, RuntimeException why) {
        tell(request, () -> {
            throw why;
        });
    }

    /** What takes memory comes before what must not be done twice. */
    private void tellOrRunOutOfMemory(List<Decided> decided) {
        List<Answer<?>> futures = new ArrayList<>();
        long futureBytes = 0;
        int waiters = 0;
        long waiterBytes = 0;
        for (Decided one : decided) {
            one.request().give(one.outcome());
            if (one.request().answer().isForFuture()) {
                futures.add(one.request().answer());
                futureBytes += one.request().bytes();
            } else {
                waiters++;
                waiterBytes += one.request().bytes();
            }
        }
        if (!futures.isEmpty() || publication.isAwaited()) {
            batches.add(new Batch(futures, futureBytes, false));
        }
        waiting.answered(waiters, waiterBytes);
    }

    /** Whether this is the thread that answers, which must wait for nothing that waits for answers. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Ends after all that was handed over. Waits for the end, unless an answer's own code asks for it. */
    void close() {
        batches.add(new Batch(List.of(), 0, true));
        if (!isCurrent()) {
            OwnedThread.join(thread);
        }
    }

    private void run() {
        while (true) {
            Batch batch = take();
            if (batch.last) {
                return;
            }
            publication.wake();
            for (int i = 0; i < batch.answers.size(); i++) { // an iterator would take memory, for want of which this thread must not die
                complete(batch.answers.get(i));
            }
            waiting.answered(batch.answers.size(), batch.bytes);
        }
    }

    private static void complete(Answer<?> answer) {
        while (!answer.isCompleted()) {
            try {
                answer.complete();
                return;
            } catch (OutOfMemoryError _) { // others wait for the answer: until there is memory for it
                LockSupport.parkNanos(MEMORY_PAUSE_NANOS);
            } catch (RuntimeException | Error _) {
                return; // what hangs on a future keeps its own failures; one that gets out must not cost the others their answers
            }
        }
    }

    private Batch take() {
        while (true) {
            try {
                return batches.take();
            } catch (InterruptedException _) {
                // an answer's own code may have interrupted this thread; it has no meaning here
            }
        }
    }
}
