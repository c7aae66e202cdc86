package letopis.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import letopis.store.Signal;

/** A thread that waits for a signal; it surely waits, or has its answer, when this is made. */
final class Waiting {
    private final FutureTask<Signal> task;
    private final Thread thread;

    Waiting(Callable<Signal> call) throws InterruptedException {
        task = new FutureTask<>(call);
        thread = Thread.ofPlatform().daemon().name("letopis-waiting").start(task);
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!waits() && !task.isDone() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private boolean waits() {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    void interrupt() {
        thread.interrupt();
    }

    Signal answer() throws Exception {
        return task.get(Subscriber.SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    Throwable failure() throws Exception {
        if (!thread.join(Subscriber.SOON)) {
            throw new AssertionError("the wait has not ended within " + Subscriber.SOON);
        }
        return task.exceptionNow();
    }
}
