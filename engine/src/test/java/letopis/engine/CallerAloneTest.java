package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.OutcomeUnknownException;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreClosedException;
import letopis.store.StoreFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A caller that has been alone for a while writes its appends itself, and what is promised to it stays the same. */
@Timeout(60)
class CallerAloneTest extends WithDiskInHand {
    /** Larger appends are left to the writer. */
    private static final int LARGE = 64 << 10;

    @Test
    void callerAloneWritesItself() {
        becomeAlone();

        assertThat(journal.lastForcedBy).isEqualTo(Thread.currentThread());
    }

    @Test
    void callersInCompanyAreWrittenTogether() {
        becomeAlone();
        journal.forces.drainPermits();
        CompletableFuture<Appended> alone = inAThread(() -> store.append(append("alone")));
        untilTheDiskIsHeld();
        long blocks = journal.lastBlock();

        CompletableFuture<Appended> second = store.submit(append("second"));
        CompletableFuture<Appended> third = store.submit(append("third"));
        journal.forces.release(1_000);

        alone.join();
        assertThat(second.join().position() + third.join().position()).isEqualTo(2 * alone.join().position() + 3);
        assertThat(journal.lastBlock()).isEqualTo(blocks + 2);
        assertTheWriterWrote();
    }

    /** A force that it waits for would keep its carrier from others. */
    @Test
    void virtualThreadLeavesTheWritingToTheWriter() throws InterruptedException {
        becomeAlone();

        Thread.ofVirtual().start(() -> store.append(append("virtual"))).join();

        assertTheWriterWrote();
        assertTheCallerWritesTheNextOne();
    }

    /** Its wait for the answer ends at once, which that for the disk would not. */
    @Test
    void interruptedCallerLeavesTheWritingToTheWriter() {
        becomeAlone();
        journal.forces.drainPermits();

        CompletableFuture<Appended> interrupted = inAThread(() -> {
            Thread.currentThread().interrupt();
            return store.append(append("interrupted"));
        });
        untilTheDiskIsHeld();

        assertTheWriterWrote();
        assertThatThrownBy(interrupted::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        journal.forces.release(1_000);
        Until.holds("it is written all the same", () -> store.stream("interrupted").isPresent());
        assertTheCallerWritesTheNextOne();
    }

    @Test
    void largeAppendIsLeftToTheWriter() {
        becomeAlone();

        store.append(large(LARGE));

        assertTheWriterWrote();
        assertTheCallerWritesTheNextOne();
        untilTheWriterRests();
        store.append(large(LARGE - 1_000)); // there are also its names and the like
        assertThat(journal.lastForcedBy).isEqualTo(Thread.currentThread());
    }

    private static Append large(int bytes) {
        return Append.to("large").of(Event.of("OrderCreated", Bytes.of(new byte[bytes])));
    }

    private void assertTheWriterWrote() {
        assertThat(journal.lastForcedBy).isNotNull().extracting(Thread::getName).isEqualTo("letopis-sequencer");
    }

    private void assertTheCallerWritesTheNextOne() {
        untilTheWriterRests();

        store.append(append("next"));

        assertThat(journal.lastForcedBy).isEqualTo(Thread.currentThread());
    }

    /** It is not done yet when what it wrote is there; then it parks. */
    private void untilTheWriterRests() {
        Thread last = Objects.requireNonNull(journal.lastForcedBy);
        Until.holds("the writer rests",
                () -> last.equals(Thread.currentThread()) || last.getState() == Thread.State.WAITING);
    }

    @Test
    void refusedCallerHearsItAndGoesOn() {
        becomeAlone();

        assertThatThrownBy(() -> store.append(Append.to("before").expectingNoStream().of(event())))
                .isInstanceOf(ConditionFailedException.class);
        assertThat(store.append(append("before")).revision("before")).isPositive();
        assertThat(journal.lastForcedBy).isEqualTo(Thread.currentThread());
    }

    @Test
    void failedForceLeavesTheOutcomeOpenAndEndsTheWriting() {
        becomeAlone();
        journal.broken = new IOException("the disk fell off");

        assertThatThrownBy(() -> store.append(append("order-17"))).isInstanceOf(OutcomeUnknownException.class);
        journal.broken = null;
        assertThatThrownBy(() -> store.append(append("order-18"))).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void closingWaitsForIt() {
        becomeAlone();
        journal.forces.drainPermits();
        CompletableFuture<Appended> alone = inAThread(() -> store.append(append("alone")));
        untilTheDiskIsHeld();
        CompletableFuture<Appended> closing = inAThread(() -> {
            store.close();
            return alone.join();
        });
        Until.holds("it is being closed", () -> isRefused("late"));
        assertThat(closing).isNotDone();
        journal.forces.release(1_000);

        closing.join();
    }

    private boolean isRefused(String stream) {
        CompletableFuture<Appended> late = store.submit(append(stream));
        return late.isCompletedExceptionally() && late.exceptionNow() instanceof StoreClosedException;
    }

    /** A stack that overflows in the midst of a block would end the writing. */
    @Test
    void callerWithoutStackHarmsNobodyElse() {
        becomeAlone();
        long appended = 0;
        for (int round = 0; round < 5; round++) {
            AtomicInteger tries = new AtomicInteger();
            AtomicInteger successes = new AtomicInteger();
            inAThread(() -> {
                try {
                    descend(tries, successes);
                } catch (StackOverflowError _) {
                    // what this is about
                }
                return store.append(append("after"));
            }).join();
            appended += successes.get();
        }

        assertThat(appended).isPositive();
        assertThat(store.append(append("after")).revision("after")).isEqualTo(5);
    }

    /** Calls itself until the stack is at its end, and appends on the way back, where there is ever more of it again. */
    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private void descend(AtomicInteger tries, AtomicInteger successes) {
        try {
            descend(tries, successes);
        } finally {
            if (tries.incrementAndGet() < 1000) {
                store.append(append("deep"));
                successes.incrementAndGet();
            }
        }
    }

    @Test
    void interruptsLoseNothing(@TempDir Path directory) throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        try (EmbeddedEventStore onDisk = EmbeddedEventStore.open(directory)) {
            AtomicInteger acknowledged = new AtomicInteger();
            AtomicInteger open = new AtomicInteger();
            Thread caller = Thread.ofPlatform().start(() -> {
                while (!ended.get()) {
                    try {
                        onDisk.append(append("order-17"));
                        acknowledged.incrementAndGet();
                    } catch (OutcomeUnknownException _) {
                        open.incrementAndGet();
                    }
                    if (acknowledged.get() % 50 == 0) {
                        Thread.interrupted();
                    }
                }
            });
            for (int i = 0; i < 200; i++) {
                Thread.sleep(5);
                caller.interrupt();
            }
            ended.set(true);
            caller.join();

            onDisk.append(append("order-18"));
            try (Reading reading = onDisk.read(Read.stream("order-17"))) {
                assertThat(reading.toList()).hasSizeBetween(acknowledged.get(), acknowledged.get() + open.get());
            }
            assertThat(acknowledged).hasPositiveValue();
        }
    }

    /** It may take some more appends than it should, since the thread that answered is not done when its answer is there. */
    private void becomeAlone() {
        Until.holds("the caller is alone", () -> {
            store.append(append("before"));
            return Thread.currentThread().equals(journal.lastForcedBy);
        });
    }

    private static CompletableFuture<Appended> inAThread(Supplier<Appended> what) {
        CompletableFuture<Appended> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(what.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
