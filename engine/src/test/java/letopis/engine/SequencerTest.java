package letopis.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreBusyException;
import letopis.store.StoreClosedException;
import letopis.store.StoreFailedException;
import letopis.store.StoreFullException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The writer's thread over a disk that is in the test's hand. */
@Timeout(60)
class SequencerTest extends WithDiskInHand {
    @Test
    void appendsGatherIntoOneBlockWhileTheDiskIsBusy() {
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        List<CompletableFuture<Appended>> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(store.submit(append("other-" + i)));
        }
        journal.forces.release(2);

        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(journal.lastBlock()).isEqualTo(2);
    }

    @Test
    void nobodyIsAnsweredAndNothingIsSeenBeforeItIsDurable() {
        CompletableFuture<Appended> append = holdTheDiskWith(append("order-17"));

        assertThat(append).isNotDone();
        assertThat(store.head()).isZero();
        assertThat(store.stream("order-17")).isEmpty();
        assertThat(store.streams("", "", 10)).isEmpty();
        assertThat(store.types()).isEmpty();
        assertThat(readAll()).isEmpty();

        journal.forces.release();
        append.join();
        assertThat(readAll()).hasSize(1);
        assertThat(store.streams("", "", 10)).hasSize(1);
    }

    @Test
    void refusalBecauseOfAnUnfinishedAppendComesWhenThatIsDurable() {
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        CompletableFuture<Appended> winner = store.submit(Append.to("order-17").expectingNoStream().of(event()));
        CompletableFuture<Appended> loser = store.submit(Append.to("order-17").expectingNoStream().of(event()));
        CompletableFuture<Appended> byQuery = store
                .submit(append("order-18").failIfEventsMatch(Query.stream("order-17")));
        journal.forces.release();
        first.join();
        untilTheDiskIsHeld();

        assertThat(winner).isNotDone();
        assertThat(loser).isNotDone();
        assertThat(byQuery).isNotDone();

        journal.forces.release();
        winner.join();
        assertThatThrownBy(loser::join).hasCauseInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("is at revision 0 (position 2)");
        assertThatThrownBy(byQuery::join).hasCauseInstanceOf(ConditionFailedException.class);
    }

    @Test
    void retryOfAnUnfinishedAppendIsAnsweredWhenThatIsDurable() {
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        Append append = append("order-17");
        CompletableFuture<Appended> original = store.submit(append);
        CompletableFuture<Appended> retry = store.submit(append);
        journal.forces.release();
        first.join();
        untilTheDiskIsHeld();

        assertThat(retry).isNotDone();

        journal.forces.release();
        assertThat(retry.join()).isEqualTo(original.join());
        assertThat(readAll()).hasSize(2);
    }

    @Test
    void refusalThatRestsOnWhatIsDurableCostsNoForce() {
        store.append(append("order-17"));
        long blocks = journal.lastBlock();

        assertThatThrownBy(() -> store.append(Append.to("order-17").expectingNoStream().of(event())))
                .isInstanceOf(ConditionFailedException.class);
        assertThat(journal.lastBlock()).isEqualTo(blocks);
    }

    @Test
    void failedForceLeavesTheOutcomeOpenAndEndsTheWriting() {
        store.append(append("order-17"));
        CompletableFuture<Appended> inBlock = holdTheDiskWith(append("order-18"));
        CompletableFuture<Appended> waiting = store.submit(append("order-19"));
        journal.broken = new IOException("the disk fell off");
        journal.forces.release(2);

        assertThatThrownBy(inBlock::join).hasCauseInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("the disk fell off");
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the disk fell off");
        journal.broken = null;
        assertThatThrownBy(() -> store.append(append("order-20"))).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> store.forget(Forget.delete("order-17"))).isInstanceOf(StoreFailedException.class);
        assertThat(readAll()).hasSize(1);
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void whatFailedIsSettledByARetryAfterTheNextOpening() {
        Append append = append("order-17");
        journal.broken = new IOException("the disk fell off");
        assertThatThrownBy(() -> store.append(append)).isInstanceOf(OutcomeUnknownException.class);
        journal.broken = null;
        reopen(EngineOptions.DEFAULT);

        Appended appended = store.append(append);

        assertThat(appended.position()).isEqualTo(1);
        assertThat(store.append(append)).isEqualTo(appended);
    }

    @Test
    void errorBetweenWriteAndAnswerEndsTheWriting() {
        journal.wicked = new OutOfMemoryError("planted");
        assertThatThrownBy(() -> store.append(append("order-17"))).isInstanceOf(OutcomeUnknownException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        journal.wicked = null;

        assertThatThrownBy(() -> store.append(append("order-18"))).isInstanceOf(StoreFailedException.class);
        assertThat(readAll()).isEmpty();
    }

    @Test
    void fullDiskRefusesAndLaterAppendsSucceed() {
        store.append(append("order-17"));
        journal.full = true;

        assertThatThrownBy(() -> store.append(append("order-18"))).isInstanceOf(StoreFullException.class);
        assertThatThrownBy(() -> store.forget(Forget.delete("order-17"))).isInstanceOf(StoreFullException.class);
        assertThat(readAll()).hasSize(1);

        journal.full = false;
        assertThat(store.append(append("order-18")).position()).isEqualTo(2);
        assertThat(readAll()).hasSize(2);
    }

    @Test
    void callerWithoutRoomInTheQueueIsRefusedWhereThatWasAskedFor() {
        reopen(EngineOptions.DEFAULT.withMaxWaitingAppends(2).withMaxWaitForRoom(Duration.ZERO));
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        CompletableFuture<Appended> second = store.submit(append("second"));

        assertThatThrownBy(() -> store.append(append("third"))).isInstanceOf(StoreBusyException.class)
                .hasMessageContaining("2 appends are waiting");
        assertThatThrownBy(() -> store.submit(append("third")).join()).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreBusyException.class);

        journal.forces.release(3);
        CompletableFuture.allOf(first, second).join();
        Until.holds("there is room again", () -> !store.submit(append("third")).isCompletedExceptionally());
    }

    @Test
    void callerWithoutRoomInTheQueueWaitsForIt() throws InterruptedException {
        reopen(EngineOptions.DEFAULT.withMaxWaitingAppends(1));
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        Thread second = Thread.ofVirtual().start(() -> store.append(append("second")));
        Until.holds("the second waits", () -> second.getState() == Thread.State.WAITING
                || second.getState() == Thread.State.TIMED_WAITING);

        journal.forces.release(2);

        second.join();
        first.join();
        assertThat(readAll()).hasSize(2);
    }

    @Test
    void interruptedCallerKnowsThatNothingIsKnown() throws InterruptedException {
        Append append = append("order-17");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
        journal.forces.drainPermits();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                store.append(append);
            } catch (OutcomeUnknownException e) {
                thrown.set(e);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        untilTheDiskIsHeld();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).hasMessageContaining("interrupted").hasCauseInstanceOf(InterruptedException.class);
        assertThat(stillInterrupted.get()).isTrue();

        journal.forces.release(2);
        assertThat(store.append(append).position()).isEqualTo(1);
        assertThat(readAll()).hasSize(1);
    }

    @Test
    void whatHangsOnAFutureHoldsNobodyUp() throws InterruptedException {
        CountDownLatch forEver = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        CompletableFuture<Void> held = holdTheDiskWith(append("first")).thenRun(() -> {
            reached.countDown();
            try {
                forEver.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        journal.forces.release(10);
        reached.await();

        assertThat(store.append(append("second")).position()).isEqualTo(2);
        assertThat(readAll()).hasSize(2);
        forEver.countDown();
        held.join();
    }

    @Test
    void whatHangsOnAFutureMayAppendAndClose() {
        CompletableFuture<Long> position = holdTheDiskWith(append("first"))
                .thenApply(_ -> store.append(append("second")).position());
        journal.forces.release(2);
        assertThat(position.join()).isEqualTo(2);

        CompletableFuture<Void> closed = holdTheDiskWith(append("third")).thenRun(store::close);
        journal.forces.release();
        closed.join();
        assertThatThrownBy(() -> store.append(append("fourth"))).isInstanceOf(StoreClosedException.class);
    }

    @Test
    void closeAnswersWhatWasAccepted() throws InterruptedException {
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        CompletableFuture<Appended> second = store.submit(append("second"));
        Thread closing = Thread.ofPlatform().start(store::close);
        Until.holds("the store takes no more",
                () -> store.submit(append("late")).isCompletedExceptionally());
        journal.forces.release(2);
        closing.join();

        assertThat(first.join().position()).isEqualTo(1);
        assertThat(second.join().position()).isEqualTo(2);
    }

    @Test
    void theNextBlockIsMadeWhileAFullOneIsWritten() {
        CompletableFuture<Appended> full = holdTheDiskBesideWith(large("a"));
        CompletableFuture<Appended> next = store.submit(append("b"));
        CompletableFuture<Appended> another = store.submit(append("a"));
        assertThat(store.head()).isEqualTo(1);
        assertThat(readAll()).hasSize(1);

        journal.forces.release();
        assertThat(full.join().position()).isEqualTo(2);
        journal.forces.release();
        assertThat(next.join().position()).isEqualTo(4);
        assertThat(another.join().revision("a")).isEqualTo(1);
        assertThat(journal.lastBlock()).isEqualTo(3);
    }

    @Test
    void refusalBecauseOfABlockThatIsWrittenBesideComesWhenThatIsDurable() {
        CompletableFuture<Appended> full = holdTheDiskBesideWith(large("a"));
        CompletableFuture<Appended> loser = store.submit(Append.to("a").expectingNoStream().of(event()));
        LockSupport.parkNanos(20_000_000);
        assertThat(loser).isNotDone();

        journal.forces.release(2);
        full.join();
        assertThatThrownBy(loser::join).hasCauseInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("is at revision 0 (position 2)");
    }

    @Test
    void failureOfABlockThatIsWrittenBesideFailsWhatCameAfterIt() {
        CompletableFuture<Appended> full = holdTheDiskBesideWith(large("a"));
        CompletableFuture<Appended> next = store.submit(append("c"));
        CompletableFuture<Appended> refused = store.submit(Append.to("a").expectingNoStream().of(event()));
        LockSupport.parkNanos(20_000_000);
        journal.broken = new IOException("the disk fell off");
        journal.forces.release(3);

        assertThatThrownBy(full::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(next::join).hasCauseInstanceOf(StoreFailedException.class);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(StoreFailedException.class);
        journal.broken = null;
        assertThatThrownBy(() -> store.append(append("d"))).isInstanceOf(StoreFailedException.class);
        assertThat(store.head()).isEqualTo(1);
    }

    /** Submits something that fills a block, with more behind it; returns when that block is written, and the next is made. */
    private CompletableFuture<Appended> holdTheDiskBesideWith(Append large) {
        reopen(EngineOptions.DEFAULT.withMaxBlockBytes(8192));
        CompletableFuture<Appended> first = holdTheDiskWith(append("first"));
        CompletableFuture<Appended> full = store.submit(large);
        CompletableFuture<Appended> more = store.submit(large("more"));
        journal.forces.release();
        first.join();
        untilTheDiskIsHeld();
        assertThat(more).isNotDone();
        return full;
    }

    private static Append large(String stream) {
        return Append.to(stream).of(Event.of("OrderCreated", Bytes.of(new byte[5000])));
    }

    private List<?> readAll() {
        try (Reading reading = store.read(Read.all())) {
            return reading.toList();
        }
    }
}
