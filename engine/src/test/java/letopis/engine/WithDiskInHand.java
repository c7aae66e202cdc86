package letopis.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Event;
import org.junit.jupiter.api.AfterEach;

/** What tests extend that have the disk of their store in their hand. */
abstract class WithDiskInHand {
    final RamJournal journal = new RamJournal();
    EmbeddedEventStore store = open(EngineOptions.DEFAULT);

    /** Closes the store, and opens it again. */
    final void reopen(EngineOptions options) {
        store.close();
        store = open(options);
    }

    private EmbeddedEventStore open(EngineOptions options) {
        return EmbeddedEventStore.start(new Opening(Path.of("ram"), journal, Optional.empty()), options, false,
                System.nanoTime());
    }

    /** Whatever still waits for the disk goes on, since the closing waits for it. */
    @AfterEach
    final void close() {
        journal.forces.release(1_000_000);
        store.close();
    }

    /** Submits, and returns when the block with this append waits for the disk; each block needs a permit from here on. */
    final CompletableFuture<Appended> holdTheDiskWith(Append append) {
        journal.forces.drainPermits();
        CompletableFuture<Appended> future = store.submit(append);
        untilTheDiskIsHeld();
        return future;
    }

    final void untilTheDiskIsHeld() {
        Until.holds("a block waits for the disk", journal.forces::hasQueuedThreads);
    }

    static Append append(String stream) {
        return Append.to(stream).of(event());
    }

    static Event event() {
        return Event.of("OrderCreated", "{}");
    }
}
