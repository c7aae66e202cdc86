package letopis.sql;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Many who ask at once share a question, and nobody is answered by one that was put before he came. */
class SharedHeadTest {
    private static final Executor THREADS = Thread::startVirtualThread;

    @Test
    void whoComesWhileAQuestionIsUnderWaySharesTheNext() throws Exception {
        var asked = new AtomicLong();
        var underWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var head = new SharedHead(() -> {
            long number = asked.incrementAndGet();
            underWay.countDown();
            await(goOn);
            return number;
        });

        CompletableFuture<Long> first = CompletableFuture.supplyAsync(head::ask, THREADS);
        await(underWay);
        List<CompletableFuture<Long>> later = IntStream.range(0, 50)
                .mapToObj(_ -> CompletableFuture.supplyAsync(head::ask, THREADS))
                .toList();
        while (head.waiting() < 50) {
            Thread.sleep(1);
        }
        goOn.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        for (CompletableFuture<Long> one : later) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
        assertThat(head.ask()).isEqualTo(3);
    }

    @Test
    void aFailureIsOfThoseWhoSharedItAlone() {
        var asked = new AtomicLong();
        var head = new SharedHead(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
            return 7;
        });

        assertThatThrownBy(head::ask).isInstanceOf(IllegalStateException.class).hasMessage("not now");
        assertThat(head.ask()).isEqualTo(7);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
