package letopis.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.ConditionFailedException;
import letopis.store.StoreFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Many callers want the same revision of a stream. */
@Timeout(60)
class ContendedStreamTest extends WithDiskInHand {
    private static final int CALLERS = 64;
    private static final Duration TOO_LONG = Duration.ofMillis(55);

    /** If all losers were told at once, most of them would lose each time. */
    @Test
    void whoTriesAgainHasFewRivals() {
        AtomicInteger refused = new AtomicInteger();
        ConcurrentLinkedQueue<Long> revisions = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(CompletableFuture.runAsync(() -> {
                long known = -1;
                for (int successes = 0; successes < 20;) {
                    try {
                        known = store.append(at("order-17", known)).revision("order-17");
                        revisions.add(known);
                        successes++;
                    } catch (ConditionFailedException e) {
                        known = e.found().orElseThrow().lastRevision();
                        refused.incrementAndGet();
                    }
                }
            }, task -> Thread.ofPlatform().start(task)));
        }
        callers.forEach(CompletableFuture::join);

        assertThat(revisions).doesNotHaveDuplicates().hasSize(20 * CALLERS);
        assertThat(store.stream("order-17").orElseThrow().lastRevision()).isEqualTo(20 * CALLERS - 1);
        assertThat(refused).hasValueLessThan(8 * 20 * CALLERS);
    }

    @Test
    void whoDoesNotTryAgainIsToldAllTheSame() {
        List<CompletableFuture<Appended>> callers = crowd("order-17", "order-18");

        journal.forces.release(1_000_000);

        assertOneWonEach(callers, "order-17", "order-18");
    }

    @Test
    void closingTellsThemAll() {
        List<CompletableFuture<Appended>> callers = crowd("order-17", "order-18");

        CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close,
                task -> Thread.ofPlatform().start(task));
        journal.forces.release(1_000_000);
        closing.join();

        // an answer that was given still has to be passed on by the caller's thread
        Until.holds("all are told", () -> callers.stream().allMatch(CompletableFuture::isDone));
    }

    /** Whatever they wait for, nobody waits for ever. */
    @Test
    void endOfTheWritingTellsThemAll() {
        List<CompletableFuture<Appended>> callers = crowd("order-17");
        journal.wicked = new OutOfMemoryError("planted");

        journal.forces.release(1_000_000);

        for (CompletableFuture<Appended> caller : callers) {
            Throwable thrown = caller.handle((done, e) -> e).join();
            assertThat(thrown).isNotNull();
        }
        assertThat(callers).filteredOn(it -> it.exceptionNow() instanceof StoreFailedException).isNotEmpty();
    }

    /** There is more to write all the time, so that it is not the next pause in which they are told. */
    @Test
    void whoWaitedForLongIsToldWithTheNextBlock() {
        List<CompletableFuture<Appended>> callers = crowd("order-17", "order-18");
        untilTheDiskIsHeld();
        CompletableFuture<Appended> next = store.submit(append("next"));
        waitForTooLong();

        journal.forces.release();

        Until.holds("all are told", () -> callers.stream().allMatch(CompletableFuture::isDone));
        assertOneWonEach(callers, "order-17", "order-18");
        untilTheDiskIsHeld();
        assertThat(next).isNotDone();
    }

    /** Another one that waited, too, got what it wanted, and is not durable yet. */
    @Test
    void whoWaitedForLongAndLostAgainIsToldWithTheNextBlock() {
        CompletableFuture<Appended> first = holdTheDiskWith(append("order-17"));
        CompletableFuture<Appended> winner = inTheQueue(at("order-17", 0));
        CompletableFuture<Appended> winsLater = inTheQueue(at("order-17", 2));
        CompletableFuture<Appended> losesAgain = inTheQueue(at("order-17", 2));
        CompletableFuture<Appended> between = store.submit(append("order-17"));
        journal.forces.release();
        first.join();
        untilTheDiskIsHeld();
        CompletableFuture<Appended> next = store.submit(append("next"));
        waitForTooLong();

        journal.forces.release();
        assertThat(winner.join().revision("order-17")).isEqualTo(1);
        assertThat(between.join().revision("order-17")).isEqualTo(2);
        untilTheDiskIsHeld();
        assertThat(winsLater).isNotDone();
        assertThat(losesAgain).isNotDone();

        journal.forces.release();
        assertThat(winsLater.join().revision("order-17")).isEqualTo(3);
        assertThat(losesAgain).failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(ConditionFailedException.class);
        assertThat(next).isNotDone();
    }

    /** Longer than anybody is held back if it can be helped. */
    private static void waitForTooLong() {
        long begin = System.nanoTime();
        Until.holds("they waited for too long", () -> System.nanoTime() - begin > TOO_LONG.toNanos());
    }

    /** Callers that each want the first revision of one of these streams; none is decided on yet, or all are in one block. */
    private List<CompletableFuture<Appended>> crowd(String... streams) {
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        List<CompletableFuture<Appended>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(inTheQueue(at(streams[i % streams.length], -1)));
        }
        journal.forces.release();
        first.join();
        return callers;
    }

    /** An append of a thread that waits for the answer behind all that came before; the disk is held. */
    private CompletableFuture<Appended> inTheQueue(Append append) {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().daemon().start(() -> {
            try {
                answer.complete(store.append(append));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        Until.holds("it waits", () -> caller.getState() == Thread.State.WAITING);
        return answer;
    }

    private void assertOneWonEach(List<CompletableFuture<Appended>> callers, String... streams) {
        long won = callers.stream().filter(it -> it.handle((done, e) -> e == null).join()).count();
        assertThat(won).isEqualTo(streams.length);
        for (String stream : streams) {
            assertThat(store.stream(stream).orElseThrow().lastRevision()).isZero();
        }
        assertThat(callers).filteredOn(CompletableFuture::isCompletedExceptionally)
                .extracting(CompletableFuture::exceptionNow)
                .hasOnlyElementsOfType(ConditionFailedException.class);
    }

    private static Append at(String stream, long revision) {
        Append.ToStream append = Append.to(stream);
        return (revision < 0 ? append.expectingNoStream() : append.expectingRevision(revision))
                .of(event());
    }
}
