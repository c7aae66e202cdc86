package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import letopis.engine.index.IndexOptions;
import letopis.journal.disk.Disk;
import letopis.journal.disk.RealDisk;
import letopis.store.Forget;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An opening that only reads, beside a writer whose runs are merged, and deleted, all the time. */
class ReadOnlyBesideMergingWriterTest {
    private static final IndexOptions WRITER = new IndexOptions(16, 1 << 20, 2, 2, 1_000, true);
    /** Other parts than the writer's, so that none of them ends where one of the writer's does. */
    private static final IndexOptions READER = new IndexOptions(7, 1 << 20, 3, 2, 0, false);
    private static final int APPENDS = 600;

    @Test
    void readerTakesOverWhatTheWriterSavedAndAnswersAlike(@TempDir Path directory) {
        Disk disk = RealDisk.at(directory);
        try (EmbeddedEventStore writer = EmbeddedEventStore.start(Opening.forWriting(directory, disk,
                Opening.journalOptions(EngineOptions.DEFAULT), WRITER), EngineOptions.DEFAULT, false,
                System.nanoTime())) {
            writer.append(new CrashLoad(3, 0, 0).append());
            try (EmbeddedEventStore reader = EmbeddedEventStore.start(Opening.forReading(directory, disk, READER),
                    EngineOptions.DEFAULT, true, System.nanoTime())) {
                int mostUnsaved = 0;
                for (int i = 1; i <= APPENDS; i++) {
                    writer.append(new CrashLoad(3, i % 3, i).append());
                    if (i % 50 == 0) {
                        writer.forget(Forget.before("own-" + i / 50 % 3, i / 50));
                        Until.holds("the reader has followed", () -> reader.head() == writer.head());
                        Until.holds("both say the same", () -> StoreContent.of(reader).equals(StoreContent.of(writer)));
                        mostUnsaved = Math.max(mostUnsaved, reader.stats().index().unsavedRuns());
                        assertThat(byTag(reader, i)).isEqualTo(byTag(writer, i));
                    }
                }
                // without taking over it would keep one of each 7 events, merged by two: the writer's are never its own
                assertThat(reader.stats().index().runs() - reader.stats().index().unsavedRuns()).isPositive();
                assertThat(mostUnsaved).isLessThan(20);
                assertThat(delivered(reader)).isEqualTo(writer.head());
            }
        }
    }

    private static long byTag(EmbeddedEventStore store, int thread) {
        long sum = 0;
        try (Reading reading = store.read(Read.of(Query.tag("thread:" + thread % 3)).backwards())) {
            while (reading.hasNext()) {
                sum = sum * 31 + reading.next().position();
            }
        }
        return sum;
    }

    private static long delivered(EmbeddedEventStore store) {
        long count = 0;
        try (Subscription subscription = store.subscribe(Query.all(), 0)) {
            for (Optional<Signal> signal = subscription.poll(Duration.ZERO); signal.isPresent(); signal = subscription
                    .poll(Duration.ZERO)) {
                count = subscription.position();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return count;
    }
}
