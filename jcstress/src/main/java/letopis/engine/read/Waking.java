package letopis.engine.read;

import java.util.concurrent.TimeUnit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Who waits for a head is woken when it comes, and when the store is closed; nobody sleeps until his time is over. */
public final class Waking {
    /** So long that no thread waits for a processor: a waiter who needs it was not woken. */
    private static final long FOR_EVER = TimeUnit.SECONDS.toNanos(20);

    private Waking() {}

    /** Whether somebody who waited slept until his time was over. */
    private static boolean oversleeps(Publication publication) {
        Publication.Waiter waiter = new Publication.Waiter();
        long began = System.nanoTime();
        while (publication.head() == 0 && !publication.isClosed()) {
            try {
                publication.await(waiter, 0, FOR_EVER);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (System.nanoTime() - began >= FOR_EVER) {
                return true;
            }
        }
        return false;
    }

    /** As the engine does it. */
    @JCStressTest
    @Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "woken, or never asleep")
    @Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "slept although there was something to see")
    @State
    public static class ByAHead {
        private final Publication publication = new Publication("store");

        @Actor
        public void publish() {
            publication.publish(1);
            publication.wake();
        }

        @Actor
        public void await(Z_Result result) {
            result.r1 = oversleeps(publication);
        }
    }

    /** As the engine does it. */
    @JCStressTest
    @Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "woken, or never asleep")
    @Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "slept although the store was closed")
    @State
    public static class ByAClosing {
        private final Publication publication = new Publication("store");

        @Actor
        public void close() {
            publication.close();
        }

        @Actor
        public void await(Z_Result result) {
            result.r1 = oversleeps(publication);
        }
    }

    /** A planted bug: those who wait are woken before there is something to see. */
    @JCStressTest
    @Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "never asleep")
    @Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "the planted bug: slept although there was something to see")
    @State
    public static class PlantedEarlyWaking {
        private final Publication publication = new Publication("store");

        @Actor
        public void publish() {
            publication.wake();
            publication.publish(1);
        }

        @Actor
        public void await(Z_Result result) {
            result.r1 = oversleeps(publication);
        }
    }
}
