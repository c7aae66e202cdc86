package letopis.engine.sequencer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import letopis.engine.read.Publication;
import letopis.store.StoreClosedException;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whoever puts a request is answered or refused, in every schedule that the model checker tries of callers, the writer's
 * thread and a closing. It takes threads that nobody wakes for a failure, but not those that park without a lock: those are
 * tried with jcstress. How many schedules: {@code -Dletopis.lincheck.schedules}.
 */
@Tag("lincheck")
class RequestsLincheckTest {
    private static final int SCHEDULES = Integer.getInteger("letopis.lincheck.schedules", 30);

    @Test
    void callersThatCompeteForRoomAreAllAnswered() {
        Lincheck.runConcurrentTest(SCHEDULES, () -> compete(true));
    }

    /** A planted bug. */
    @Test
    void roomThatIsNotGivenBackIsCaught() {
        assertThatThrownBy(() -> Lincheck.runConcurrentTest(SCHEDULES, () -> compete(false)))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("hung");
    }

    @Test
    void aCallerBesideAClosingIsAnsweredOrRefused() {
        Lincheck.runConcurrentTest(SCHEDULES, () -> closeBesideACaller(true));
    }

    /** A planted bug: the writer's thread ends when the store is closed, and leaves what is in the queue. */
    @Test
    void aRequestThatIsLeftInTheQueueIsCaught() {
        assertThatThrownBy(() -> Lincheck.runConcurrentTest(SCHEDULES, () -> closeBesideACaller(false)))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("hung");
    }

    @Test
    void aFutureIsCompletedBeforeTheAnsweringEnds() {
        Lincheck.runConcurrentTest(SCHEDULES, () -> {
            WaitingRequests waiting = waiting();
            CompletableFuture<Boolean> future = new CompletableFuture<>();
            Answer<Boolean> answer = Answer.forFuture(future);
            waiting.put(request(answer), true);
            AnsweringThread answers = new AnsweringThread(waiting, new Publication("store"));
            List<Request> taken = waiting.take(1000);
            answers.tell(taken.stream().map(it -> new Decided(it, () -> true, false)).toList());
            answers.close();
            if (!future.isDone() || waiting.unanswered() != 0) {
                throw new AssertionError("not answered, or still taking room");
            }
        });
    }

    /** @param givesRoomBack whether the thread that answers says that there is room again */
    private static void compete(boolean givesRoomBack) {
        WaitingRequests waiting = waiting();
        Thread first = new Thread(() -> ask(waiting));
        Thread second = new Thread(() -> ask(waiting));
        first.start();
        second.start();
        for (int answered = 0; answered < 2;) {
            List<Request> taken = waiting.take(1000);
            taken.forEach(it -> it.give(() -> true));
            waiting.answered(givesRoomBack ? taken.size() : 0, bytes(taken));
            answered += taken.size();
        }
        join(first);
        join(second);
        if (waiting.unanswered() != 0) {
            throw new AssertionError(waiting.unanswered() + " unanswered");
        }
    }

    /** @param answersAll whether the writer's thread answers what is in the queue when the store is closed */
    private static void closeBesideACaller(boolean answersAll) {
        WaitingRequests waiting = waiting();
        boolean[] closed = new boolean[1];
        Thread caller = new Thread(() -> ask(waiting));
        Thread writer = new Thread(() -> {
            for (List<Request> taken = waiting.take(1000); !taken.isEmpty(); taken = waiting.take(1000)) {
                if (closed[0] && !answersAll) {
                    return;
                }
                taken.forEach(it -> it.give(() -> true));
                waiting.answered(taken.size(), bytes(taken));
            }
        });
        caller.start();
        writer.start();
        closed[0] = true;
        waiting.close();
        join(caller);
        join(writer);
    }

    private static WaitingRequests waiting() {
        return new WaitingRequests("store", 1, 1000, Optional.empty());
    }

    private static void ask(WaitingRequests waiting) {
        Answer<Boolean> answer = Answer.forThisThread();
        try {
            waiting.put(request(answer), true);
        } catch (StoreClosedException _) {
            return;
        }
        if (!answer.await()) {
            throw new AssertionError("another answer");
        }
    }

    private static Request request(Answer<Boolean> answer) {
        return new Request.OfTask(() -> {}, answer);
    }

    private static long bytes(List<Request> requests) {
        long bytes = 0;
        for (Request request : requests) {
            bytes += request.bytes();
        }
        return bytes;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
